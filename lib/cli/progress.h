// How far long work has come: a bar on a terminal once it lasts over a second, drawn at most six times
// a second, or a log line every 30 seconds.
#pragma once

#include <atomic>

#include "cli/messages.h"
#include "cli/session.h"

namespace aml::cli {

enum class ProgressForm : uint8_t { none, bar, log };

struct ProgressPlan {
  ProgressForm form = ProgressForm::none;
  std::string what;
  uint64_t total = 0;  // 0: unknown
  size_t columns = 80;
};

class ProgressBar final : public Progress {
 public:
  ProgressBar(Messages& messages, const Clock& clock, ProgressPlan plan);
  ~ProgressBar() override;
  void advance_to(uint64_t done, std::string_view note) override;

 private:
  Messages& messages_;  // the session's, which outlives every progress
  const Clock& clock_;
  ProgressPlan plan_;
  int64_t last_drawn_ns_;
};

// "reading penguins.csv  [#####     ]  50%  note", or "reading penguins.csv  12345  note" without a total.
std::string progress_text(const ProgressPlan& plan, uint64_t done, std::string_view note);

}  // namespace aml::cli
