#include "learn/tree_grower.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "os/parallel.h"

namespace aml::learn {
namespace {

using kernel::BinSum;

// Bin updates below which a thread is not worth starting (about 2 ms of work).
constexpr size_t kUpdatesPerThread = size_t{1} << 21;

size_t pieces_of(size_t updates, unsigned threads) {
  return std::clamp<size_t>(updates / kUpdatesPerThread, 1, std::max(threads, 1U));
}

BinSum total_of(const BinnedTable& table, const std::vector<BinSum>& histogram) {
  BinSum total{0, 0};  // every row is in exactly one bin of the first feature
  for (size_t bin = 0; bin < table.bins[0].count(); ++bin) {
    total.gradient += histogram[table.offsets[0] + bin].gradient;
    total.hessian_count += histogram[table.offsets[0] + bin].hessian_count;
  }
  return total;
}

int64_t* words_of(std::vector<BinSum>& histogram) { return &histogram.data()->gradient; }
static_assert(sizeof(BinSum) == 2 * sizeof(int64_t));

}  // namespace

TreeGrower::TreeGrower(const BinnedTable& table, const kernel::KernelTable& kernels, const GrowOptions& options)
    : table_(table), kernels_(kernels), options_(options) {
  train_order_.resize(table.train_rows);
  held_out_order_.resize(table.rows - table.train_rows);
  right_.resize(std::max(train_order_.size(), held_out_order_.size()));
}

Tree TreeGrower::grow(std::span<const kernel::GradientPair> gradients, const GradientForm& form) {
  AML_CHECK(gradients.size() == table_.train_rows);
  gradients_ = gradients;
  form_ = form;
  reset_rows();
  leaves_.push_back(make_root());
  while (leaves_.size() < options_.leaves_max) {
    const size_t index = best_leaf();
    if (index == leaves_.size()) break;
    split_leaf(index);
  }
  set_values();
  return std::move(tree_);
}

std::vector<LeafRows> TreeGrower::leaf_rows() const {
  std::vector<LeafRows> rows;
  for (const Leaf& leaf : leaves_)
    rows.push_back({.node = leaf.node,
                    .train = std::span(train_order_).subspan(leaf.train.begin, leaf.train.size()),
                    .held_out = std::span(held_out_order_).subspan(leaf.held_out.begin, leaf.held_out.size())});
  return rows;
}

void TreeGrower::reset_rows() {
  std::iota(train_order_.begin(), train_order_.end(), 0U);
  std::iota(held_out_order_.begin(), held_out_order_.end(), static_cast<uint32_t>(table_.train_rows));
  for (Leaf& leaf : leaves_) release(std::move(leaf.histogram));
  leaves_.clear();
  tree_ = {};
}

TreeGrower::Leaf TreeGrower::make_root() {
  tree_.nodes.push_back({});
  Leaf root{.node = 0, .train = {0, train_order_.size()}, .held_out = {0, held_out_order_.size()}};
  root.histogram = take_histogram();
  build_histogram(root.train, root.histogram);
  root.sum = total_of(table_, root.histogram);
  search(root);
  return root;
}

size_t TreeGrower::best_leaf() const {
  size_t best = leaves_.size();
  for (size_t i = 0; i < leaves_.size(); ++i)
    if (leaves_[i].split.gain > (best == leaves_.size() ? 0 : leaves_[best].split.gain)) best = i;
  return best;
}

void TreeGrower::split_leaf(size_t index) {
  Leaf& left = leaves_[index];
  TreeNode& node = tree_.nodes[static_cast<size_t>(left.node)];
  node.feature = left.split.feature;
  node.bin = left.split.bin;
  node.missing_left = left.split.missing_left;
  node.left = static_cast<int32_t>(tree_.nodes.size());
  node.right = node.left + 1;
  Leaf right{.node = node.right};
  right.train = divide(left.train, train_order_, node);
  right.held_out = divide(left.held_out, held_out_order_, node);
  left.node = node.left;
  left.split = {};
  tree_.nodes.resize(tree_.nodes.size() + 2);
  search_children(std::move(left.histogram), left, right);
  leaves_.push_back(std::move(right));
}

// Only the smaller child's rows are added up; the larger child is what remains of the parent.
void TreeGrower::search_children(Histogram parent, Leaf& left, Leaf& right) {
  Leaf& smaller = right.train.size() < left.train.size() ? right : left;
  Leaf& larger = &smaller == &left ? right : left;
  smaller.histogram = take_histogram();
  build_histogram(smaller.train, smaller.histogram);
  kernels_.subtract(words_of(parent), words_of(smaller.histogram), 2 * parent.size());
  larger.histogram = std::move(parent);
  for (Leaf* child : {&left, &right}) {
    child->sum = total_of(table_, child->histogram);
    if (leaves_.size() + 1 < options_.leaves_max) search(*child);
  }
}

void TreeGrower::search(Leaf& leaf) {
  leaf.split = {};
  if (leaf.train.size() >= 2 * options_.leaf_rows_min)
    leaf.split = find_split({table_, options_, form_}, leaf.histogram, leaf.sum);
}

// In fixed blocks: each block moves its left rows to its front and its right rows aside, then the blocks are joined.
TreeGrower::Range TreeGrower::divide(Range& rows, std::vector<uint32_t>& order, const TreeNode& node) {
  const BinGroup& group = table_.group_of(static_cast<size_t>(node.feature));
  const size_t column = static_cast<size_t>(node.feature) - group.first_feature;
  const FeatureBins& bins = table_.bins[static_cast<size_t>(node.feature)];
  uint8_t goes_left[256] = {};
  for (size_t bin = 0; bin <= node.bin; ++bin) goes_left[bin] = 1;
  goes_left[bins.missing_bin()] = node.missing_left ? 1 : 0;

  const size_t blocks = (rows.size() + kBlockRows - 1) / kBlockRows;
  std::vector<size_t> left_counts(blocks);
  const auto block_range = [&](size_t block) {
    return Range{rows.begin + block * kBlockRows, std::min(rows.begin + (block + 1) * kBlockRows, rows.end)};
  };
  os::parallel_for(blocks, options_.threads, [&](size_t block) {
    const Range range = block_range(block);
    left_counts[block] = kernels_.partition({.column = group.bins.data() + column,
                                             .stride = group.width,
                                             .goes_left = goes_left,
                                             .rows = order.data() + range.begin,
                                             .count = range.size(),
                                             .right = right_.data() + range.begin - rows.begin});
  });
  size_t end = rows.begin;
  for (size_t block = 0; block < blocks; ++block) {
    const uint32_t* from = order.data() + block_range(block).begin;
    std::copy(from, from + left_counts[block], order.data() + end);
    end += left_counts[block];
  }
  const Range right{end, rows.end};
  for (size_t block = 0; block < blocks; ++block) {
    const Range range = block_range(block);
    const uint32_t* from = right_.data() + range.begin - rows.begin;
    std::copy(from, from + (range.size() - left_counts[block]), order.data() + end);
    end += range.size() - left_counts[block];
  }
  rows.end = right.begin;
  return right;
}

// Threads add up parts of the rows in histograms of their own; integer sums do not mind how rows were shared out.
void TreeGrower::build_histogram(const Range& rows, Histogram& histogram) {
  const size_t pieces = pieces_of(rows.size() * table_.features.size(), options_.threads);
  std::vector<Histogram> parts(pieces - 1);
  for (Histogram& part : parts) part = take_histogram();
  const bool is_all = rows.size() == table_.train_rows;
  os::parallel_for(pieces, options_.threads, [&](size_t piece) {
    Histogram& sums = piece == 0 ? histogram : parts[piece - 1];
    const size_t begin = rows.begin + rows.size() * piece / pieces;
    const size_t count = rows.begin + rows.size() * (piece + 1) / pieces - begin;
    for (const BinGroup& group : table_.groups)
      kernels_.histogram({.bins = group.bins.data() + (is_all ? begin * group.width : 0),
                          .width = group.width,
                          .offsets = table_.offsets.data() + group.first_feature,
                          .gradients = gradients_.data() + (is_all ? begin : 0),
                          .count_unit = int64_t{1} << form_.count_shift,
                          .rows = is_all ? nullptr : train_order_.data() + begin,
                          .count = count,
                          .sums = sums.data()});
  });
  for (Histogram& part : parts) {
    kernels_.add(words_of(histogram), words_of(part), 2 * histogram.size());
    release(std::move(part));
  }
}

TreeGrower::Histogram TreeGrower::take_histogram() {
  Histogram histogram;
  if (!spare_.empty()) {
    histogram = std::move(spare_.back());
    spare_.pop_back();
  }
  histogram.assign(table_.histogram_size, BinSum{0, 0});
  return histogram;
}

void TreeGrower::set_values() {
  for (const Leaf& leaf : leaves_) {
    const double step = gradient_of(leaf.sum, form_) / (hessian_of(leaf.sum, form_) + options_.lambda + 1e-16);
    tree_.nodes[static_cast<size_t>(leaf.node)].value = -options_.learning_rate * step;
  }
}

}  // namespace aml::learn
