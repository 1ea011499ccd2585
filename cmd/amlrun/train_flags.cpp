#include "amlrun/train_flags.h"

#include "text/numbers.h"

namespace aml::amlrun {

void TrainFlags::add_to(std::vector<cli::Flag>& flags) {
  std::vector<std::string> learners;
  for (const auto& learner : learn::make_learners()) learners.emplace_back(learner->name());
  const std::vector<cli::Flag> own = {
      {.short_name = 'l',
       .name = "label",
       .value = "COLUMN",
       .help = "the column to predict",
       .target = &label_,
       .complete = cli::Complete::column,
       .required = true},
      {0, "learner", "NAME", "fast_trees or logistic_regression (default: fast_trees)", &learner_,
       cli::Group::selection, cli::Complete::choice},
      {0, "columns", "COLUMN", "learn from this column only; repeatable (default: all)", &columns_,
       cli::Group::selection, cli::Complete::column},
      {0, "drop", "COLUMN", "do not learn from this column; repeatable", &drop_, cli::Group::selection,
       cli::Complete::column},
      {0, "validation", "SHARE", "share of the rows held out to measure (default: 0.2)", &validation_},
      {0, "missing", "WORD", "a word that means no value, besides an empty cell; repeatable", &missing_,
       cli::Group::input}};
  flags.insert(flags.end(), own.begin(), own.end());
}

Result<learn::TrainOptions> TrainFlags::options(const cli::Session& session,
                                                const std::vector<store::Param>& params) const {
  learn::TrainOptions options{.learner = learner_,
                              .label = label_,
                              .params = {},
                              .columns = columns_,
                              .drop = drop_,
                              .validation = validation_,
                              .seed = session.settings().seed,
                              .threads = session.settings().threads,
                              .version = std::string(session.version())};
  for (const auto& [name, value] : params) options.params[name] = value;
  TRY(learn::check_learner(options));
  return options;
}

std::vector<std::string> TrainFlags::words() const {
  std::vector<std::string> words = {"--label=" + label_, "--learner=" + learner_,
                                    "--validation=" + text::format_number(validation_)};
  for (const std::string& name : columns_) words.push_back("--columns=" + name);
  for (const std::string& name : drop_) words.push_back("--drop=" + name);
  for (const std::string& word : missing_) words.push_back("--missing=" + word);
  return words;
}

std::vector<store::Param> TrainFlags::params() const {
  return {{"learner", learner_}, {"label", label_}, {"validation", text::format_number(validation_)}};
}

}  // namespace aml::amlrun
