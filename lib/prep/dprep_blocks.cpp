#include "prep/dprep_blocks.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "text/yaml_scalar.h"

namespace aml::prep {
namespace {

using text::Json;
using text::yaml_scalar;

// What a block becomes: nothing if its arguments are not those we know.
using Translate = bool (*)(const Json& arguments, DprepDraft& draft);

void add_step(DprepDraft& draft, std::string step) { draft.steps.push_back(fmt::format("- {}", step)); }

// The columns a block speaks of, in the shapes that occur: "columnId": "a", "columnIds": ["a"], "columns": ["a"].
std::vector<std::string> columns_of(const Json& arguments) {
  std::vector<std::string> columns;
  for (const char* key : {"columnId", "columnIds", "columns"}) {
    const Json& value = arguments[key];
    if (value.is_string()) columns.push_back(value.string());
    for (const Json& item : value.items()) {
      if (!item.is_string()) return {};
      columns.push_back(item.string());
    }
  }
  return columns;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + yaml_scalar(name);
  return fmt::format("[{}]", list);
}

bool add_columns_step(std::string_view step, const Json& arguments, DprepDraft& draft) {
  const std::vector<std::string> columns = columns_of(arguments);
  if (columns.empty()) return false;
  add_step(draft, fmt::format("{}: {}", step, list_of(columns)));
  return true;
}

bool import_data_source(const Json& arguments, DprepDraft& draft) {
  for (const Json& detail : arguments["path"]["resourceDetails"].items())
    if (detail["path"].is_string()) draft.data_paths.push_back(detail["path"].string());
  return !draft.data_paths.empty();
}

bool import_delimited(const Json& arguments, DprepDraft& draft) {
  // Other encodings and ways to skip lines have numbers that nothing explains.
  if (arguments.int_or("fileEncoding", 0) != 0 || arguments.int_or("skipRowsMode", 0) != 0) return false;
  const std::string separator = arguments.string_or("separator", ",");
  if (separator.size() != 1) return false;
  draft.source += "  format: csv\n";
  if (separator == "\t") draft.source += "  separator: tab\n";
  else if (separator != ",") draft.source += fmt::format("  separator: {}\n", yaml_scalar(separator));
  draft.has_header = arguments.int_or("columnHeadersMode", 0) != 0;
  if (!draft.has_header) draft.source += "  header: false\n";
  draft.source += "  ragged: pad\n";  // as the original filled short rows
  return true;
}

// The numbers of the original's types; Decimal was its only kind of number for people.
std::optional<std::string_view> type_of(int64_t number) {
  constexpr std::array<std::string_view, 5> kTypes = {"text", "boolean", "integer", "number", "timestamp"};
  if (number < 0 || number >= static_cast<int64_t>(kTypes.size())) return std::nullopt;
  return kTypes[static_cast<size_t>(number)];
}

std::optional<std::string> cast_of(const std::string& column, int64_t number, const Json& formats) {
  const auto type = type_of(number);
  if (!type) return std::nullopt;
  std::vector<std::string> known;
  for (const Json& format : formats.items()) known.push_back(format.string());
  if (known.empty()) return fmt::format("{}: {}", yaml_scalar(column), *type);
  return fmt::format("{}: {{type: {}, formats: {}}}", yaml_scalar(column), *type, list_of(known));
}

bool import_column_types(const Json& arguments, DprepDraft& draft) {
  std::string casts;
  for (const Json& conversion : arguments["columnConversion"].items()) {
    const auto cast = cast_of(conversion.string_or("columnId", ""), conversion.int_or("typeProperty", -1),
                              conversion["typeArguments"]["dateTimeFormats"]);
    if (!cast || !conversion["columnId"].is_string()) return false;
    casts += (casts.empty() ? "" : ", ") + *cast;
  }
  if (casts.empty()) return arguments["columnConversion"].is_array();
  add_step(draft, fmt::format("cast: {{{}}}", casts));
  return true;
}

// The original always worked on the active sample.
bool import_sample(const Json& arguments, DprepDraft& draft) {
  for (const Json& sample : arguments["samples"].items()) {
    if (sample.string_or("sampleId", "") != arguments.string_or("activeSample", "")) continue;
    switch (sample.int_or("sampleStrategy", -1)) {
      case 0:
        add_step(draft, fmt::format("take: {}", sample["topArguments"].int_or("sampleCount", 10'000)));
        return true;
      case 1:
        add_step(draft,
                 fmt::format("sample: {{rows: {}, seed: {}}}", sample["randomNArguments"].int_or("sampleCount", 10'000),
                             sample["randomNArguments"].int_or("seed", 0)));
        return true;
      case 2: {
        const double probability = sample["randomPercentArguments"]["probability"].as_double().value_or(-1);
        if (!(probability >= 0 && probability <= 1)) return false;
        add_step(draft, fmt::format("sample: {{percent: {}, seed: {}}}", Json(100 * probability).dump(),
                                    sample["randomPercentArguments"].int_or("seed", 0)));
        return true;
      }
      case 3: return true;  // all rows
      default: return false;
    }
  }
  return false;
}

bool import_path_column(const Json& arguments, DprepDraft&) { return arguments.int_or("pathColumnOperation", -1) == 0; }

bool import_pair(std::string_view step, const Json& arguments, DprepDraft& draft) {
  if (!arguments["columnId"].is_string() || !arguments["newColumnId"].is_string()) return false;
  add_step(draft, fmt::format("{}: {{{}: {}}}", step, yaml_scalar(arguments["columnId"].string()),
                              yaml_scalar(arguments["newColumnId"].string())));
  return true;
}

bool import_rename(const Json& arguments, DprepDraft& draft) { return import_pair("rename", arguments, draft); }
bool import_duplicate(const Json& arguments, DprepDraft& draft) { return import_pair("duplicate", arguments, draft); }
bool import_drop(const Json& arguments, DprepDraft& draft) { return add_columns_step("drop", arguments, draft); }
bool import_keep(const Json& arguments, DprepDraft& draft) { return add_columns_step("keep", arguments, draft); }
bool import_distinct(const Json& arguments, DprepDraft& draft) {
  return add_columns_step("distinct", arguments, draft);
}
bool import_trim(const Json& arguments, DprepDraft& draft) { return add_columns_step("trim", arguments, draft); }

// A column inside an expression: [a] with ] doubled.
std::string column_term(std::string_view name) {
  std::string term = "[";
  for (const char c : name) term += c == ']' ? "]]" : std::string(1, c);
  return term + "]";
}

void add_filter(DprepDraft& draft, const std::string& condition) {
  std::string quoted;
  text::append_json_string(quoted, condition);
  add_step(draft, fmt::format("filter: {}", quoted));
}

bool import_remove_missing(const Json& arguments, DprepDraft& draft) {
  std::string condition;
  for (const std::string& column : columns_of(arguments))
    condition += fmt::format("{}not is_missing({})", condition.empty() ? "" : " and ", column_term(column));
  if (condition.empty()) return false;
  add_filter(draft, condition);
  return true;
}

// Of the clauses only "keep where it is not missing" is known by its number; it has no operand.
bool import_filter(const Json& arguments, DprepDraft& draft) {
  constexpr int64_t kIsNotMissing = 2, kKeep = 1;
  const auto& clauses = arguments["clauses"].items();
  if (clauses.size() != 1 || clauses[0].members().size() != 1 || !arguments["columnId"].is_string()) return false;
  if (clauses[0].int_or("operator", -1) != kIsNotMissing || arguments.int_or("filterResult", -1) != kKeep) return false;
  // An empty text was no value to the original either.
  const std::string column = column_term(arguments["columnId"].string());
  add_filter(draft, fmt::format("not is_missing({0}) and {0} != ''", column));
  return true;
}

bool import_conversion(const Json& arguments, DprepDraft& draft, int64_t type) {
  const std::vector<std::string> columns = columns_of(arguments);
  std::string casts;
  for (const std::string& column : columns) {
    const auto cast = cast_of(column, type, arguments["dateTimeFormats"]);
    if (!cast) return false;
    casts += (casts.empty() ? "" : ", ") + *cast;
  }
  if (casts.empty()) return false;
  add_step(draft, fmt::format("cast: {{{}}}", casts));
  return true;
}

bool import_cast(const Json& arguments, DprepDraft& draft) {
  return import_conversion(arguments, draft, arguments.int_or("typeProperty", -1));
}
bool import_cast_to_date(const Json& arguments, DprepDraft& draft) { return import_conversion(arguments, draft, 4); }
bool import_cast_to_text(const Json& arguments, DprepDraft& draft) { return import_conversion(arguments, draft, 0); }

struct BlockKind {
  std::string_view type;
  Translate translate;      // null: known, but nothing of ours is made of it
  std::string_view advice;  // where that is so, or the arguments are not those we know
};

constexpr std::string_view kByHand = "write the step by hand, see aml-prep(5)";
constexpr std::string_view kByExample = "learn it again from its examples with amlprep learn";

constexpr std::array kBlocks = {
    BlockKind{"DataSourceBlock", import_data_source, "name the files to amlprep apply"},
    BlockKind{"ParseDelimitedBlock", import_delimited, "say under 'source:' how the file is read, see aml-prep(5)"},
    BlockKind{"SetColumnTypesBlock", import_column_types, "add a 'cast' step, see aml-prep(5)"},
    BlockKind{"SampleBlock", import_sample, "add a 'take' or 'sample' step, or leave it out to use all rows"},
    BlockKind{"HandlePathColumnBlock", import_path_column, "keep the path of each row with amlprep apply"},
    BlockKind{"ColumnRenameBlock", import_rename, kByHand},
    BlockKind{"DuplicateColumnBlock", import_duplicate, kByHand},
    BlockKind{"DeleteColumnBlock", import_drop, "add a 'drop' step with its columns"},
    BlockKind{"KeepColumnBlock", import_keep, "add a 'keep' step with its columns"},
    BlockKind{"TrimStringBlock", import_trim, "add a 'trim' step with its columns"},
    BlockKind{"SelectRowsOnDistinctValuesInColumnBlock", import_distinct, "add a 'distinct' step with its columns"},
    BlockKind{"RemoveRowOnColumnMissingValuesBlock", import_remove_missing,
              "add a 'filter' step: not is_missing(column)"},
    BlockKind{"FilterStringColumnBlock", import_filter, "add a 'filter' step with its condition"},
    BlockKind{"ConvertColumnFieldTypeBlock", import_cast, "add a 'cast' step"},
    BlockKind{"ConvertColumnFieldTypeToDateBlock", import_cast_to_date, "add a 'cast' step"},
    BlockKind{"ConvertColumnFieldTypeToStringBlock", import_cast_to_text, "add a 'cast' step"},
    BlockKind{"DeriveColumnByExample", nullptr, kByExample},
    BlockKind{"AutoSplitColumnBlock", nullptr, "split it again with amlprep split, or add a 'split' step"},
    BlockKind{"AdjustColumnPrecisionBlock", nullptr, "add a 'precision' step"},
    BlockKind{"SummarizeBlock", nullptr, "add a 'summarize' step"},
    BlockKind{"SortBlock", nullptr, "add a 'sort' step"},
    BlockKind{"AddCustomColumnBlock", nullptr, "its Python cannot be read: add a 'derive' step"},
    BlockKind{"CustomBlock", nullptr, "its Python cannot be read: add a 'derive' or 'filter' step"},
    BlockKind{"WriteToCsvBlock", nullptr, "amlprep apply -o FILE writes the result"},
};

}  // namespace

void import_block(std::string_view type, const Json& arguments, const std::string& place, DprepDraft& draft) {
  std::string_view advice = kByHand;
  for (const BlockKind& kind : kBlocks) {
    if (kind.type != type) continue;
    if (kind.translate != nullptr && kind.translate(arguments, draft)) return;
    advice = kind.advice;
  }
  const std::string name = fmt::format("Microsoft.DPrep.{}", type);
  draft.problems.push_back({name, place, std::string(advice)});
  std::string comment;
  for (const char c : name) comment += c == '\n' || c == '\r' ? ' ' : c;
  draft.steps.push_back(fmt::format("# {} is not imported: {}", comment, advice));
}

}  // namespace aml::prep
