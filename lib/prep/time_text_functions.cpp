// date(t, format), timestamp(t, format, zone, policy) and format(d, format, zone): times as text in a declared form.
#include <fmt/format.h>

#include "prep/local_time.h"
#include "table/scalar.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using enum table::ColumnType;
using Text = std::string_view;

struct DeclaredForm final : Prepared {
  explicit DeclaredForm(TimeFormat given) : format(std::move(given)) {}
  TimeFormat format;
  LocalCalendar local;
};

Result<PreparedPtr> prepare_form(const Constants& constants, TimeFormat::Use use) {
  auto format = TimeFormat::compile(constants.text(0), use);
  if (!format.ok()) return constants.error(0, format.error().message, format.error().hint);
  auto form = std::make_shared<DeclaredForm>(std::move(*format));
  form->local = TRY(read_calendar(constants, 1));
  return PreparedPtr(form);
}

Result<PreparedPtr> prepare_reading(const Constants& constants) {
  return prepare_form(constants, TimeFormat::Use::read);
}

Result<PreparedPtr> prepare_writing(const Constants& constants) {
  return prepare_form(constants, TimeFormat::Use::write);
}

Result<PreparedPtr> prepare_writing_date(const Constants& constants) {
  PreparedPtr prepared = TRY(prepare_writing(constants));
  if (static_cast<const DeclaredForm&>(*prepared).format.has_time())
    return constants.error(0, "a date has no time of day", "give a timestamp, or leave out %H, %M, %S and the like");
  return prepared;
}

Outcome read_date(const DeclaredForm& form, int64_t& out, Text value) {
  if (table::trim(value).empty()) return Outcome::missing();
  const auto time = form.format.read(value);
  if (!time) return CellProblem::not_a_date;
  out = time->days;
  return is_date(out) ? Outcome::valid() : Outcome(CellProblem::out_of_range);
}

Outcome read_timestamp(const DeclaredForm& form, int64_t& out, Text value) {
  if (table::trim(value).empty()) return Outcome::missing();
  const auto time = form.format.read(value);
  return time ? form.local.instant_of(out, *time) : Outcome(CellProblem::not_a_timestamp);
}

Outcome write_date(const DeclaredForm& form, TextResult& out, int64_t days) {
  form.format.write(out.fresh(), {days, 0, {}});
  return Outcome::valid();
}

Outcome write_timestamp(const DeclaredForm& form, TextResult& out, int64_t ns) {
  form.format.write(out.fresh(), form.local.at(ns));
  return Outcome::valid();
}

constexpr PreparedKernel kReadTimestamp = prepared_fallible<read_timestamp>;
constexpr PreparedKernel kWriteTimestamp = prepared_fallible<write_timestamp>;

constexpr Function kFunctions[] = {
    define_prepared("date", date, prepared_fallible<read_date>, prepare_reading, 1, text, text),
    define_prepared("timestamp", timestamp, kReadTimestamp, prepare_reading, 1, text, text),
    define_prepared("timestamp", timestamp, kReadTimestamp, prepare_reading, 2, text, text, text),
    define_prepared("timestamp", timestamp, kReadTimestamp, prepare_reading, 3, text, text, text, text),
    define_prepared("format", text, prepared_fallible<write_date>, prepare_writing_date, 1, date, text),
    define_prepared("format", text, kWriteTimestamp, prepare_writing, 1, timestamp, text),
    define_prepared("format", text, kWriteTimestamp, prepare_writing, 2, timestamp, text, text),
};

}  // namespace

std::span<const Function> time_text_functions() { return kFunctions; }

}  // namespace aml::prep
