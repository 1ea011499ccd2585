// amlprep learn: a column derived from examples of what it should hold.
#include <fmt/format.h>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "amlprep/step_output.h"
#include "cli/session.h"
#include "os/atomic_file.h"
#include "prep/learn_table.h"
#include "synth/program_text.h"
#include "text/unicode.h"

namespace aml::amlprep {
namespace {

constexpr size_t kPreviewRows = 5;
constexpr size_t kQuestions = 5;

std::string shown(const synth::Cell& cell) {
  return fmt::format("{0}{1}{0}", cell ? "'" : "", cell ? text::fit_for_display(*cell, 60) : std::string("null"));
}

std::string shown(const synth::Cells& cells) {
  std::string text;
  for (const synth::Cell& cell : cells) text += fmt::format("{}{}", text.empty() ? "" : ", ", shown(cell));
  return text;
}

std::string shown_choice(const std::vector<synth::Cell>& candidates) {
  std::string text;
  for (const synth::Cell& cell : candidates) text += fmt::format("{}{}", text.empty() ? "" : " or ", shown(cell));
  return text;
}

class LearnCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "learn",
        .summary = "learn a new column from examples of it",
        .description =
            "From one to three examples it finds a program that makes the results from the columns named by --from "
            "(all "
            "without any), and prints it as a package with the step derive_by_example; --append puts the step behind "
            "those of a package. The program is text that can be read and edited, see aml-prep(5). What was learned, "
            "the "
            "first rows before and after, and the rows in doubt go to standard error: answer them with another -e. The "
            "first rows of FILE, a few thousand, are looked at. An example names its input, or with '18=…' the row. "
            "Rows nothing "
            "was learned for have no value, and amlprep apply counts them.",
        .examples = {{"amlprep learn penguins_raw.csv --from Species --to kind -e 'Adelie Penguin (Pygoscelis adeliae) "
                      "=> Adelie'",
                      "the first word of another column"},
                     {"amlprep learn penguins_raw.csv --from Island --to code -e '1=TOR' -e 'Biscoe => BIS'",
                      "by row, and a second example"}},
        .flags = {{'e', "example", "EXAMPLE", "'input => output', 'a | b => output' or 'ROW=output' (repeatable)",
                   &examples_},
                  {0, "examples", "FILE", "one example per line", &examples_file_, cli::Group::input,
                   cli::Complete::file},
                  {0, "from", "COLUMN", "learn from this column (repeatable; default: all)", &from_, cli::Group::input},
                  {0, "to", "COLUMN", "name of the new column (default: learned)", &to_, cli::Group::output},
                  {0, "append", "PACKAGE", "put the step into PACKAGE instead of printing one", &append_,
                   cli::Group::output, cli::Complete::file},
                  {0, "suggest", "", "print only the rows in doubt, with what their results could be", &suggests_}},
        .positionals = {{"FILE", "a table; - is standard input", &file_}},
        .output = cli::Output::records,
        .exit_notes = {"4  FILE is not there", "6  FILE or PACKAGE cannot be read"},
        .see_also = {"aml-prep(5)", "amlprep-apply(1)", "amlprep-explain(1)"}};
    std::vector<cli::Flag> input;
    input_.add_to(input);
    for (cli::Flag& flag : input)
      if (flag.name != "from") spec.flags.push_back(std::move(flag));  // --from names columns here
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    const auto reader = TRY(open_files(session, {file_}, TRY(input_.options()), rejects));
    const prep::ColumnSample sample = TRY(prep::sample_columns(*reader, from_));
    warn_of_records(session, rejects);
    synth::LearnTask task{TRY(read_examples(sample)), sample.rows};
    const synth::Learned learned = TRY(synth::learn(task));
    const auto questions = synth::find_questions(task, learned, kQuestions);
    if (suggests_) return print_questions(session, task, questions);
    explain(session, sample, task, learned, questions);
    return write(session, {place(sample.columns), {to_, {}}, task.examples, learned.program});
  }

 private:
  Result<std::vector<synth::Example>> read_examples(const prep::ColumnSample& sample) const {
    std::vector<synth::Example> examples;
    if (examples_file_)
      examples = TRY(prep::parse_examples(TRY(os::read_file(*examples_file_)), *examples_file_, sample));
    for (const std::string& text : examples_) examples.push_back(TRY(prep::parse_example(text, sample)));
    return examples;
  }

  static std::vector<prep::PlacedName> place(const std::vector<std::string>& names) {
    std::vector<prep::PlacedName> placed;
    for (const std::string& name : names) placed.push_back({name, {}});
    return placed;
  }

  static Result<cli::ExitCode> print_questions(cli::Session& session, const synth::LearnTask& task,
                                               const std::vector<synth::Question>& questions) {
    for (const synth::Question& question : questions) {
      text::Fields fields{"question", fmt::format("{}", question.row + 1), {}};
      fields.add("row", static_cast<int64_t>(question.row + 1));
      fields.add("doubt", synth::name_of(question.doubt));
      text::Json input = text::Json::array();
      for (const synth::Cell& cell : task.rows[question.row]) input.push(cell ? text::Json(*cell) : text::Json());
      fields.add("input", std::move(input), shown(task.rows[question.row]));
      text::Json candidates = text::Json::array();
      for (const synth::Cell& cell : question.candidates) candidates.push(cell ? text::Json(*cell) : text::Json());
      fields.add("candidates", std::move(candidates), shown_choice(question.candidates));
      TRY(session.out().record(fields));
    }
    return cli::ExitCode::ok;
  }

  static void explain(cli::Session& session, const prep::ColumnSample& sample, const synth::LearnTask& task,
                      const synth::Learned& learned, const std::vector<synth::Question>& questions) {
    session.note(fmt::format("learned from {} example{}:", task.examples.size(), task.examples.size() == 1 ? "" : "s"));
    const std::string program = synth::to_text(learned.program, sample.columns);
    for (size_t at = 0; at < program.size();) {
      const size_t end = program.find('\n', at);
      session.note(fmt::format("  {}", program.substr(at, end - at)));
      at = end + 1;
    }
    for (size_t row = 0; row < task.rows.size() && row < kPreviewRows; ++row)
      session.note(fmt::format("row {}: {} gives {}", row + 1, shown(task.rows[row]),
                               shown(synth::run(learned.program, synth::view_of(task.rows[row])))));
    if (!learned.generalizes)
      session.warn("only the examples are repeated, nothing was learned from them", "check them, or give one more");
    for (const size_t odd : learned.odd_examples)
      session.warn(fmt::format("example {} fits no program with the others: {} => {}", odd + 1,
                               shown(task.examples[odd].inputs), shown(task.examples[odd].output)),
                   "replace it if it is wrong; it has a branch of its own now");
    for (const synth::Question& question : questions) {
      session.note(fmt::format("in doubt ({}): row {}, {}: {}?", synth::name_of(question.doubt), question.row + 1,
                               shown(task.rows[question.row]), shown_choice(question.candidates)));
    }
    session.note(fmt::format("checked {} rows, {} open questions", task.rows.size(), questions.size()));
  }

  Result<cli::ExitCode> write(cli::Session& session, const prep::ByExample& step) const {
    const auto write_step = [&step](size_t indent) { return prep::write_by_example(step, indent); };
    if (!append_ && session.out().form() == cli::Form::json) {
      text::Fields fields{"step", step.into.name, {}};
      fields.add("into", step.into.name).add("version", synth::kProgramVersion);
      fields.add("program", synth::to_text(step.program, step.columns()));
      fields.add("package", TRY(prep::append_step("", "", write_step)));
      TRY(session.out().record(fields));
      return cli::ExitCode::ok;
    }
    TRY(put_step(session, append_, write_step));
    return cli::ExitCode::ok;
  }

  InputFlags input_;
  std::vector<std::string> examples_;
  std::optional<std::string> examples_file_;
  std::vector<std::string> from_;
  std::string to_ = "learned";
  std::optional<std::string> append_;
  bool suggests_ = false;
  std::string file_;
};

}  // namespace

std::unique_ptr<cli::Command> make_learn() { return std::make_unique<LearnCommand>(); }

}  // namespace aml::amlprep
