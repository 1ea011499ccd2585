#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/unicode.h"

namespace aml::cli {
namespace {

constexpr int64_t kFirstBarNs = 1'000'000'000;
constexpr int64_t kRedrawNs = 1'000'000'000 / 6;
constexpr int64_t kLogNs = 30'000'000'000;
constexpr size_t kBarCells = 20;

}  // namespace

std::string progress_text(const ProgressPlan& plan, uint64_t done, std::string_view note) {
  std::string text = plan.what;
  if (plan.total == 0) {
    text += fmt::format("  {}", done);
  } else {
    const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(plan.total));
    const auto cells = static_cast<size_t>(part * kBarCells);
    text += fmt::format("  [{}{}] {:3}%", std::string(cells, '#'), std::string(kBarCells - cells, ' '),
                        static_cast<int>(part * 100));
  }
  if (!note.empty()) text += fmt::format("  {}", note);
  return text::fit_for_display(text, plan.columns - 1);
}

ProgressBar::ProgressBar(Messages& messages, const Clock& clock, ProgressPlan plan)
    : messages_(messages), clock_(clock), plan_(std::move(plan)), last_drawn_ns_(clock.now().unix_ns) {
  // Work of less than a second shows no bar at all.
  if (plan_.form == ProgressForm::bar) last_drawn_ns_ += kFirstBarNs - kRedrawNs;
}

ProgressBar::~ProgressBar() {
  if (plan_.form == ProgressForm::bar) messages_.erase_bar();
}

void ProgressBar::advance_to(uint64_t done, std::string_view note) {
  if (plan_.form == ProgressForm::none) return;
  const int64_t now_ns = clock_.now().unix_ns;
  if (now_ns - last_drawn_ns_ < (plan_.form == ProgressForm::bar ? kRedrawNs : kLogNs)) return;
  last_drawn_ns_ = now_ns;
  const std::string text = progress_text(plan_, done, note);
  if (plan_.form == ProgressForm::bar) messages_.show_bar(text);
  else messages_.say(text);
}

}  // namespace aml::cli
