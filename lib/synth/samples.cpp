#include "synth/samples.h"

#include <algorithm>
#include <map>

namespace aml::synth {

std::vector<std::optional<std::string_view>> view_of(const Cells& cells) {
  std::vector<std::optional<std::string_view>> views;
  views.reserve(cells.size());
  for (const Cell& cell : cells) {
    if (cell) views.emplace_back(*cell);
    else views.emplace_back();
  }
  return views;
}

std::string shape_of(std::string_view text) {
  std::string shape;
  for (size_t at = 0; at < text.size() && shape.size() < 64; at += char_length(text, at)) {
    char mark = text[at];
    switch (class_at(text, at)) {
      case kDigit: mark = '9'; break;
      case kUpper: mark = 'A'; break;
      case kLower: mark = 'a'; break;
      case kSpace: mark = ' '; break;
      case kSymbol: break;
    }
    if (shape.empty() || shape.back() != mark) shape.push_back(mark);
  }
  return shape;
}

std::string shape_of(const Cells& cells) {
  std::string shape;
  for (const Cell& cell : cells) shape += cell ? shape_of(*cell) + '\x1f' : std::string("\x1e");
  return shape;
}

std::vector<size_t> choose_rows(const std::vector<Cells>& rows, size_t rows_max) {
  struct Group {
    size_t count = 0;
    std::vector<size_t> members;  // the first few
  };
  std::map<std::string, Group> groups;
  for (size_t row = 0; row < rows.size(); ++row) {
    Group& group = groups[shape_of(rows[row])];
    ++group.count;
    if (group.members.size() < rows_max) group.members.push_back(row);
  }
  std::vector<const Group*> order;
  for (const auto& [shape, group] : groups) order.push_back(&group);
  std::stable_sort(order.begin(), order.end(), [](const Group* a, const Group* b) { return a->count > b->count; });

  std::vector<size_t> chosen;
  for (size_t round = 0; chosen.size() < rows_max; ++round) {
    const size_t before = chosen.size();
    for (const Group* group : order)
      if (round < group->members.size() && chosen.size() < rows_max) chosen.push_back(group->members[round]);
    if (chosen.size() == before) break;
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace aml::synth
