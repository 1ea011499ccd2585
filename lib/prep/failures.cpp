#include "prep/failures.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/unicode.h"

namespace aml::prep {
namespace {

constexpr size_t kShownColumns = 40;

std::string quoted_text(const FailureKind& kind) {
  return fmt::format("'{}'", text::fit_for_display(kind.first_text, kShownColumns));
}

std::string words_of(table::CellProblem problem) {
  std::string words(table::name_of(problem));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

std::string describe_first(const FailureKind& kind) {
  const std::string what = kind.first_text.empty() ? "" : quoted_text(kind) + ": ";
  return fmt::format("{}: {}: {}{}", kind.first_place, kind.subject, what, words_of(kind.problem));
}

std::string describe_count(const FailureKind& kind) {
  const std::string what = kind.first_text.empty() ? "" : quoted_text(kind) + " ";
  return fmt::format("{}: {} {} ({}), the first {}at {}", kind.subject, kind.count,
                     kind.count == 1 ? "error" : "errors", words_of(kind.problem), what, kind.first_place);
}

void Failures::count_column(std::string_view column, const table::Batch& batch, const table::Column& result,
                            const std::vector<table::ColumnPtr>& sources) {
  if (!result.errors().empty()) count(fmt::format("column '{}'", column), column, batch, result, sources);
}

void Failures::count_condition(std::string_view subject, const table::Batch& batch, const table::Column& answers) {
  count(subject, {}, batch, answers, {});
}

void Failures::count(std::string_view subject, std::string_view column, const table::Batch& batch,
                     const table::Column& result, const std::vector<table::ColumnPtr>& sources) {
  for (const table::CellError& error : result.errors()) {
    const bool is_old = std::any_of(sources.begin(), sources.end(), [&](const table::ColumnPtr& source) {
      return source->error_at(error.row) != nullptr;
    });
    if (is_old) continue;
    const std::string_view text = result.texts().empty() ? std::string_view() : result.texts()[error.row].view();
    if (on_reject_) {
      const auto& file = batch.origin.source_of(error.row);
      const uint64_t line = batch.origin.lines ? (*batch.origin.lines)[error.row] : 0;
      on_reject_({file ? std::string_view(*file) : std::string_view(), line, column, step_, error.problem, text});
    }
    FailureKind& kind = kind_of(subject, error.problem);
    if (kind.count++ > 0) continue;
    kind.first_place = table::place_of(batch, error.row);
    kind.first_text = text;
  }
}

uint64_t Failures::total() const {
  uint64_t total = 0;
  for (const FailureKind& kind : kinds_) total += kind.count;
  return total;
}

FailureKind& Failures::kind_of(std::string_view subject, table::CellProblem problem) {
  for (FailureKind& kind : kinds_)
    if (kind.subject == subject && kind.problem == problem) return kind;
  return kinds_.emplace_back(FailureKind{std::string(subject), problem});
}

}  // namespace aml::prep
