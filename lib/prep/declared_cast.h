// A conversion of text whose form is declared, cell by cell and without guessing: {type: date, formats: ['%d.%m.%Y']},
// {type: number, decimal: ',', thousands: '.'}, {type: boolean, true: [ja], false: [nein]}. What `cast` does with a
// mapping in the place of a type.
#pragma once

#include <string>
#include <vector>

#include "prep/local_time.h"
#include "table/column.h"
#include "text/yaml.h"

namespace aml::prep {

class DeclaredCast {
 public:
  // bad_data at the place of what is wrong.
  static Result<DeclaredCast> read(const text::Yaml& node);

  table::ColumnType type() const { return type_; }

  // Converted cells have their canonical text (a number its digits as they stood); a cell that does not have the form
  // becomes an error and keeps its text. One that two of the formats read as different times is ambiguous_date.
  table::ColumnPtr convert(const table::Column& texts) const;

 private:
  struct Cell {
    std::optional<table::CellProblem> problem = {};
    int64_t whole = 0;
    double real = 0;
  };

  Status read_times(const text::Yaml& node);
  Status read_numbers(const text::Yaml& node);
  Status read_words(const text::Yaml& node);
  Cell convert_cell(std::string_view text, std::string& canonical) const;
  Cell convert_time(std::string_view text) const;
  Cell convert_number(std::string_view text, std::string& canonical) const;
  Cell convert_word(std::string_view text) const;
  std::string_view without_symbols(std::string_view text) const;
  bool write_plain_digits(std::string_view text, std::string& out) const;

  table::ColumnType type_ = table::ColumnType::text;
  std::vector<TimeFormat> formats_;
  LocalCalendar calendar_;
  std::string decimal_ = ".";
  std::string thousands_;
  std::vector<std::string> symbols_;
  bool is_percent_ = false;
  std::vector<std::string> true_words_, false_words_;
};

}  // namespace aml::prep
