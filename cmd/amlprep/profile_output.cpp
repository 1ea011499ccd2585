#include "amlprep/profile_output.h"

#include <algorithm>

#include "inspect/comparison.h"
#include "inspect/inspection_text.h"
#include "inspect/plot.h"
#include "inspect/report_page.h"

namespace aml::amlprep {
namespace {

// By the locale of the terminal, as every program does it: the first of these that is set decides.
table::Glyphs glyphs_of(const cli::Session& session) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const auto value = session.environment(name);
    if (!value || value->empty()) continue;
    const bool is_utf8 = value->find("UTF-8") != std::string::npos || value->find("utf8") != std::string::npos;
    return is_utf8 ? table::Glyphs::blocks : table::Glyphs::ascii;
  }
  return table::Glyphs::ascii;
}

}  // namespace

Status ProfileOutput::print(const inspect::TableInspection& table) {
  cli::Printer& out = session_.out();
  if (wanted_.suggestions) return out.data().write(inspect::suggest_package(table));
  if (out.form() != cli::Form::people) return print_records(table);
  const table::ProfileStyle style{static_cast<size_t>(std::max(out.columns(), 40)), glyphs_of(session_)};
  if (earlier_ != nullptr)
    return print_lines(inspect::comparison_lines(inspect::compare_tables(*earlier_, table), style));
  if (wanted_.x)
    return print_lines(inspect::plot_lines(TRY(inspect::plot_columns(table, *wanted_.x, *wanted_.y)), style));
  TRY(print_lines(inspect::inspection_lines(table, style)));
  return wanted_.correlations ? print_lines(inspect::correlation_lines(table.correlations, style)) : Status();
}

Status ProfileOutput::print_records(const inspect::TableInspection& table) {
  cli::Printer& out = session_.out();
  if (earlier_ != nullptr) {
    const inspect::TableComparison comparison = inspect::compare_tables(*earlier_, table);
    for (const auto& column : comparison.columns) TRY(out.record(inspect::describe(comparison, column)));
    return {};
  }
  for (size_t column = 0; column < table.columns.size(); ++column) TRY(out.record(inspect::describe(table, column)));
  if (!wanted_.correlations) return {};
  for (const text::Fields& record : inspect::describe_correlations(table)) TRY(out.record(record));
  return {};
}

Status ProfileOutput::print_lines(const std::vector<std::string>& lines) {
  if (std::exchange(has_printed_, true)) TRY(session_.out().line(""));
  for (const std::string& line : lines) TRY(session_.out().line(line));
  return {};
}

Status ProfileOutput::write_page(const inspect::TableInspection& table, const std::string& file,
                                 os::Overwrite overwrite) {
  inspect::PageOptions options;
  inspect::TableComparison comparison;
  if (earlier_ != nullptr) {
    comparison = inspect::compare_tables(*earlier_, table);
    options.comparison = &comparison;
  }
  if (wanted_.x) {
    const inspect::Plot plot = TRY(inspect::plot_columns(table, *wanted_.x, *wanted_.y));
    options.plots.push_back(plot.points);
    options.plot_style = plot.style;
  }
  const std::string page = inspect::report_page(table, options);
  if (file == "-") return session_.out().data().write(page);
  return os::write_file_atomically(file, page, overwrite);
}

}  // namespace aml::amlprep
