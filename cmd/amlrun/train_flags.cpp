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
      {.name = "learner",
       .value = "NAME",
       .help = "fast_trees (default) or logistic_regression",
       .target = &learner_,
       .complete = cli::Complete::choice,
       .choices = learners},
      {0, "columns", "COLUMN", "learn from this column only; repeatable", &columns_, cli::Group::selection,
       cli::Complete::column},
      {0, "drop", "COLUMN", "do not learn from this column; repeatable", &drop_, cli::Group::selection,
       cli::Complete::column},
      {0, "validation", "SHARE", "share of the rows held out to measure (default: 0.2)", &validation_},
      {0, "missing", "WORD", "another word that means no value; repeatable", &missing_, cli::Group::input},
      {.name = "ragged",
       .value = "HOW",
       .help = "records of a wrong size: refuse, pad, truncate, fit (both), reject",
       .target = &ragged_,
       .group = cli::Group::input,
       .complete = cli::Complete::choice,
       .choices = table::ragged_names()}};
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

table::ReadOptions TrainFlags::read_options() const {
  table::ReadOptions options;
  options.missing = missing_;
  options.ragged = table::parse_ragged(ragged_).value_or(table::Ragged::refuse);
  return options;
}

std::vector<std::string> TrainFlags::words() const {
  std::vector<std::string> words = {"--label=" + label_, "--learner=" + learner_,
                                    "--validation=" + text::format_number(validation_)};
  words.push_back("--ragged=" + ragged_);
  for (const std::string& name : columns_) words.push_back("--columns=" + name);
  for (const std::string& name : drop_) words.push_back("--drop=" + name);
  for (const std::string& word : missing_) words.push_back("--missing=" + word);
  return words;
}

std::vector<store::Param> TrainFlags::params() const {
  return {{"learner", learner_}, {"label", label_}, {"validation", text::format_number(validation_)}};
}

}  // namespace aml::amlrun
