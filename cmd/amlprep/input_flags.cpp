#include "amlprep/input_flags.h"

#include <algorithm>

#include "source/options.h"

namespace aml::amlprep {

using source::OptionKind;

InputFlags::InputFlags()
    : values_(source::source_options().size()),
      lists_(source::source_options().size()),
      switches_(std::make_unique<bool[]>(source::source_options().size())) {}

void InputFlags::add_to(std::vector<cli::Flag>& flags) {
  const auto options = source::source_options();
  for (size_t i = 0; i < options.size(); ++i) {
    const source::Option& option = options[i];
    cli::Flag flag{0,           std::string(option.flag), std::string(option.value), std::string(option.help),
                   &values_[i], cli::Group::input};
    if (option.kind == OptionKind::list) flag.target = &lists_[i];
    if (option.kind == OptionKind::on_switch || option.kind == OptionKind::off_switch) flag.target = &switches_[i];
    if (option.choices != nullptr) {
      flag.complete = cli::Complete::choice;
      flag.choices = option.choices();
    }
    flags.push_back(std::move(flag));
  }
}

Status InputFlags::apply_to(source::OpenOptions& options) const {
  const auto known = source::source_options();
  for (size_t i = 0; i < known.size(); ++i) {
    if (values_[i]) TRY(known[i].set(options, {*values_[i]}));
    if (!lists_[i].empty()) TRY(known[i].set(options, lists_[i]));
    if (switches_[i]) TRY(known[i].set(options, {known[i].kind == OptionKind::on_switch ? "true" : "false"}));
  }
  return {};
}

Result<source::OpenOptions> InputFlags::options() const {
  source::OpenOptions options;
  TRY(apply_to(options));
  return options;
}

Status check_standard_input(cli::Session& session, const std::vector<std::string>& files) {
  const auto count = std::count(files.begin(), files.end(), "-");
  if (count > 1) return Error{ErrorKind::usage, "standard input can be read only once", "give '-' at most once"};
  return count == 1 ? session.require_piped_stdin() : Status();
}

void warn_of_records(cli::Session& session, const prep::RejectFile& rejects) {
  if (rejects.records() > 0) session.warn(rejects.describe_records());
}

}  // namespace aml::amlprep
