// Waits for the recorder of a run to be gone, whoever started it.
#pragma once

#include "os/process.h"
#include "store/journal.h"
#include "store/store.h"

namespace aml::run {

// The recorder as the journal names it; nothing before the first record of it.
std::optional<os::ProcessRef> recorder_on_record(const store::JournalContent& journal);

class RecorderWatch {
 public:
  RecorderWatch(const store::Store& store, const RunId& id);

  // True when nobody records the run: it is over, orphaned or lost. Reaps the recorder if it is our child.
  bool is_gone();

  // A descriptor that becomes readable when the recorder ends; -1 when its process is not known (yet, or on another
  // machine), then is_gone() has to be asked from time to time.
  int fd();

 private:
  void look_up();

  const store::Store& store_;
  RunId id_;
  std::optional<os::ProcessRef> recorder_;
  os::UniqueFd fd_;
};

}  // namespace aml::run
