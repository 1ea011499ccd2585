#include "prep/split_fields.h"

#include <fmt/format.h>

namespace aml::prep {
namespace {

Result<synth::Side> read_side(const text::Yaml& cut, std::string_view key) {
  const text::Yaml* node = cut.find(key);
  if (node == nullptr) return synth::Side::any;
  const auto side = synth::parse_side(node->scalar());
  if (!side)
    return node->error(fmt::format("'{}' of a cut cannot be '{}'", key, node->scalar()),
                       "write digit, letter, upper or edge");
  return *side;
}

Result<synth::Cut> read_cut(const text::Yaml& node) {
  TRY(check_options(node, {"after", "sign", "before"}, "a cut"));
  const text::Yaml& sign = *TRY(require_option(node, "sign", "a cut"));
  if (!sign.is_scalar()) return sign.error("'sign' of a cut must be text");
  auto after = TRY(read_side(node, "after"));
  auto before = TRY(read_side(node, "before"));
  return synth::Cut{std::move(after), sign.scalar(), std::move(before)};
}

std::string write_cut(const synth::Cut& cut) {
  std::string text = fmt::format("{{sign: {}", in_yaml(cut.separator));
  if (cut.left != synth::Side::any) text += fmt::format(", after: {}", synth::name_of(cut.left));
  if (cut.right != synth::Side::any) text += fmt::format(", before: {}", synth::name_of(cut.right));
  text += '}';
  return text;
}

}  // namespace

Result<SplitFields> read_split_fields(const text::Yaml& node) {
  TRY(check_options(node, {"column", "into", "cuts", "widths", "signs"}, "split_fields"));
  SplitFields step;
  step.column = TRY(read_name(*TRY(require_option(node, "column", "split_fields")), "'column' of 'split_fields'"));
  step.into = TRY(read_names(*TRY(require_option(node, "into", "split_fields")), "into"));
  if (const text::Yaml* signs = node.find("signs"))
    step.program.cuts_weak_signs = TRY(read_choice(*signs, {"strong", "all"}, "signs")) == 1;
  if (const text::Yaml* widths = node.find("widths")) {
    for (const text::Yaml& width : widths->items()) step.program.widths.push_back(TRY(read_count(width, "a width")));
    return step;
  }
  const text::Yaml& cuts = *TRY(require_option(node, "cuts", "split_fields"));
  if (cuts.kind() != text::Yaml::Kind::sequence || cuts.items().empty())
    return cuts.error("'cuts' must be a list with at least one cut");
  for (const text::Yaml& cut : cuts.items()) step.program.cuts.push_back(TRY(read_cut(cut)));
  return step;
}

std::string write_split_fields(const SplitFields& step, size_t indent) {
  const std::string margin(indent, ' ');
  std::vector<std::string> names;
  for (const PlacedName& name : step.into) names.push_back(in_yaml(name.name));
  std::string out = fmt::format("{}- split_fields:\n", margin);
  out += fmt::format("{}    column: {}\n", margin, in_yaml(step.column.name));
  out += fmt::format("{}    into: [{}]\n", margin, fmt::join(names, ", "));
  if (!step.program.widths.empty())
    return out + fmt::format("{}    widths: [{}]\n", margin, fmt::join(step.program.widths, ", "));
  if (step.program.cuts_weak_signs) out += fmt::format("{}    signs: all\n", margin);
  out += fmt::format("{}    cuts:\n", margin);
  for (const synth::Cut& cut : step.program.cuts) out += fmt::format("{}      - {}\n", margin, write_cut(cut));
  return out;
}

}  // namespace aml::prep
