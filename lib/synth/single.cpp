#include "synth/single.h"

#include <algorithm>
#include <set>

namespace aml::synth {
namespace {

constexpr size_t kCandidates = 40;
constexpr int kNewShape = 9;  // for a program whose results on all unlabelled rows look unlike the examples'

Samples make_samples(const std::vector<const Example*>& examples, const std::vector<const Cells*>& rows) {
  Samples samples;
  samples.columns = examples.front()->inputs.size();
  samples.examples = examples.size();
  for (const Example* example : examples) {
    samples.inputs.push_back(example->inputs);
    samples.outputs.push_back(*example->output);
  }
  for (const Cells* row : rows) samples.inputs.push_back(*row);
  return samples;
}

// The example with the longest output has a part for every piece.
size_t choose_pivot(const Samples& samples) {
  size_t pivot = 0;
  for (size_t example = 1; example < samples.examples; ++example)
    if (samples.outputs[example].size() > samples.outputs[pivot].size()) pivot = example;
  return pivot;
}

std::string in_quotes(std::string_view literal) {
  std::string out;
  bool is_open = false;
  for (const char c : literal) {
    const bool is_letter =
        (class_at(std::string_view(&c, 1), 0) & (kUpper | kLower)) != 0 || static_cast<unsigned char>(c) > 127;
    if (is_letter != is_open) out += '\'';
    is_open = is_letter;
    if (c == '\'') out += '\'';
    out += c;
  }
  if (is_open) out += '\'';
  return out;
}

// Parts of one date, with what stands between them, become one piece with one format.
std::vector<Piece> with_merged_dates(std::vector<Piece> pieces) {
  std::vector<Piece> merged;
  for (size_t i = 0; i < pieces.size(); ++i) {
    auto* last = merged.empty() ? nullptr : std::get_if<DatePiece>(&merged.back());
    const auto* literal = std::get_if<LiteralPiece>(&pieces[i]);
    const bool is_between = literal != nullptr && i + 1 < pieces.size();
    const auto* next = std::get_if<DatePiece>(&pieces[is_between ? i + 1 : i]);
    const auto format_of = [](const DatePiece& date) { return date.output.text(); };
    if (last == nullptr || next == nullptr || last->region != next->region || last->rounding != next->rounding ||
        last->inputs != next->inputs) {
      merged.push_back(std::move(pieces[i]));
      continue;
    }
    const bool would_join =
        !is_between && format_of(*last).back() == format_of(*next).front();  // d and dd would be ddd
    const auto format =
        would_join ? std::nullopt
                   : DateFormat::parse(format_of(*last) + (is_between ? in_quotes(literal->text) : std::string()) +
                                       format_of(*next));
    if (!format) {
      merged.push_back(std::move(pieces[i]));
      continue;
    }
    last->output = *format;
    if (is_between) ++i;
  }
  return merged;
}

// The kinds of characters of a result, in their order, without telling the case of letters or a sign in front.
std::string rough_shape(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  std::string shape;
  for (const char mark : shape_of(text)) {
    const char rough = mark == 'A' ? 'a' : mark;
    const bool ends_decimal = rough == '9' && shape.ends_with("9.");
    if (ends_decimal) shape.pop_back();
    if (shape.empty() || shape.back() != rough) shape.push_back(rough);
  }
  return shape;
}

int shape_penalty(const Candidate& candidate, const Samples& samples, const std::set<std::string>& shapes) {
  int rows = 0;
  int unlike = 0;
  std::string out;
  for (size_t row = samples.examples; row < samples.rows(); ++row) {
    out.clear();
    const auto cells = view_of(samples.inputs[row]);
    ++rows;
    const bool has_value = append_pieces(out, candidate.pieces, cells);
    unlike += has_value && shapes.contains(rough_shape(out)) ? 0 : 1;
  }
  return rows == 0 ? 0 : kNewShape * unlike / rows;
}

}  // namespace

std::vector<Candidate> learn_single(const std::vector<const Example*>& examples, const std::vector<const Cells*>& rows,
                                    size_t count) {
  const Samples samples = make_samples(examples, rows);
  const size_t pivot = choose_pivot(samples);
  std::vector<Source> sources = make_sources(samples);
  std::vector<RegionFinder> finders;
  for (const Source& source : sources) finders.emplace_back(source, samples, pivot);
  std::vector<Edge> edges;
  const EdgeTask task{samples, pivot, sources, finders};
  add_text_edges(edges, task);
  add_number_edges(edges, task);
  add_date_edges(edges, task);

  std::vector<Candidate> candidates = find_concats(samples, pivot, edges, kCandidates);
  std::set<std::string> shapes;
  for (const std::string& output : samples.outputs) shapes.insert(rough_shape(output));
  for (Candidate& candidate : candidates) {
    candidate.cost += shape_penalty(candidate, samples, shapes);
    candidate.pieces = with_merged_dates(std::move(candidate.pieces));
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
  if (candidates.size() > count) candidates.resize(count);
  return candidates;
}

}  // namespace aml::synth
