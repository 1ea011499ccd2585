#include "learn/split.h"

#include <bit>
#include <vector>

#include "os/parallel.h"

namespace aml::learn {
namespace {

using kernel::BinSum;

// Below this many bins, threads cost more than they save.
constexpr size_t kBinsPerThread = 16'384;

// Keeps a division by a sum of hessians that underflowed to 0 finite where lambda is 0; far below any real sum.
constexpr double kTiny = 1e-16;

double round_to_40_bits(double value) {
  const auto bits = std::bit_cast<uint64_t>(value);
  return std::bit_cast<double>((bits + (1U << 11)) & ~uint64_t{0xfff});
}

BinSum plus(const BinSum& a, const BinSum& b) { return {a.gradient + b.gradient, a.hessian_count + b.hessian_count}; }
BinSum minus(const BinSum& a, const BinSum& b) { return {a.gradient - b.gradient, a.hessian_count - b.hessian_count}; }

// One leaf's search, with what is the same for all of its splits.
class Scan {
 public:
  Scan(const SplitSearch& search, const BinSum& total)
      : form_(search.form),
        total_(total),
        rows_(count_of(total, search.form)),
        rows_min_(search.options.leaf_rows_min),
        lambda_(search.options.lambda + kTiny),
        gain_min_(search.options.gain_min + score(total)) {}

  void feature(int32_t number, const FeatureBins& bins, const BinSum* histogram) {
    const BinSum missing = histogram[bins.missing_bin()];
    const bool has_missing = count_of(missing, form_) != 0;
    // Without missing values the last bin would leave nothing on the right.
    const size_t end = bins.cuts.size() + (has_missing ? 1 : 0);
    BinSum left{0, 0};
    for (size_t bin = 0; bin < end; ++bin) {
      if (histogram[bin].hessian_count == 0) continue;  // an empty bin: the same split as the one before
      left = plus(left, histogram[bin]);
      const Split split{.gain = 0, .feature = number, .bin = static_cast<uint8_t>(bin), .missing_left = false};
      consider(left, split, !has_missing);
      if (has_missing) consider_missing_left(plus(left, missing), split);
    }
  }

  const Split& best() const { return best_; }

 private:
  double score(const BinSum& sum) const {
    const double gradient = gradient_of(sum, form_);
    return gradient * gradient / (hessian_of(sum, form_) + lambda_);
  }

  void consider(const BinSum& left, Split split, bool missing_to_larger) {
    const uint64_t left_rows = count_of(left, form_);
    if (left_rows < rows_min_ || rows_ - left_rows < rows_min_) return;
    const double gain = score(left) + score(minus(total_, left)) - gain_min_;
    if (!(gain > best_.gain)) return;
    split.gain = round_to_40_bits(gain);
    if (!(split.gain > best_.gain)) return;
    if (missing_to_larger) split.missing_left = left_rows * 2 > rows_;
    best_ = split;
  }

  void consider_missing_left(const BinSum& left, Split split) {
    split.missing_left = true;
    consider(left, split, false);
  }

  const GradientForm& form_;
  BinSum total_;
  uint64_t rows_;
  uint64_t rows_min_;
  double lambda_;
  double gain_min_;
  Split best_;
};

}  // namespace

double gradient_of(const BinSum& sum, const GradientForm& form) {
  return static_cast<double>(sum.gradient) / form.scale.gradient;
}

double hessian_of(const BinSum& sum, const GradientForm& form) {
  const int64_t mask = (int64_t{1} << form.count_shift) - 1;
  return static_cast<double>(sum.hessian_count & mask) / form.scale.hessian;
}

Split find_split(const SplitSearch& search, std::span<const BinSum> histogram, const BinSum& total) {
  const BinnedTable& table = search.table;
  const size_t features = table.features.size();
  const size_t pieces = std::clamp<size_t>(histogram.size() / kBinsPerThread, 1, search.options.threads);
  std::vector<Split> best(pieces);
  os::parallel_for(pieces, search.options.threads, [&](size_t piece) {
    Scan scan(search, total);
    for (size_t f = features * piece / pieces; f < features * (piece + 1) / pieces; ++f)
      scan.feature(static_cast<int32_t>(f), table.bins[f], histogram.data() + table.offsets[f]);
    best[piece] = scan.best();
  });
  Split winner = best[0];
  for (size_t piece = 1; piece < pieces; ++piece)
    if (best[piece].gain > winner.gain) winner = best[piece];
  return winner;
}

}  // namespace aml::learn
