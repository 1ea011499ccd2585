#include "catalog/lineage.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "history/query.h"

namespace aml::catalog {
namespace {

constexpr int kParentsMax = 32;

LineageNode input_node(const store::InputRecord& input) {
  const std::string rows = input.rows ? fmt::format(", {} rows", *input.rows) : "";
  return {"input", input.digest.text(), fmt::format("{} ({}{})", input.path, format_size(input.bytes), rows)};
}

std::string join_words(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

// What the store says of the run, or, when the run is gone, what the model kept of it.
LineageNode run_node(const store::Store& store, const RunId& id, const Origin& kept, int depth) {
  LineageNode node{"run", id.text(), "not in this store"};
  const auto run = history::find_run(store, id);
  Origin origin = kept;
  if (run.ok()) {
    const store::RunSpec& spec = run->spec;
    node.detail = fmt::format("{}, {}", name_of(run->state),
                              join_words(spec.command_line.empty() ? spec.argv : spec.command_line));
    origin.snapshot = spec.snapshot;
    origin.inputs = spec.inputs;
  }
  if (origin.snapshot) node.sources.push_back({"snapshot", origin.snapshot->text(), ""});
  if (run.ok() && run->spec.git) {
    const store::GitRecord& git = *run->spec.git;
    node.sources.push_back({"commit", git.commit, git.branch + (git.is_dirty ? ", with uncommitted changes" : "")});
  }
  for (const store::InputRecord& input : origin.inputs) node.sources.push_back(input_node(input));
  if (run.ok() && run->spec.parent && depth < kParentsMax)
    node.sources.push_back(run_node(store, *run->spec.parent, {}, depth + 1));
  return node;
}

void append_lines(std::vector<std::string>& lines, const LineageNode& node, size_t depth) {
  lines.push_back(
      fmt::format("{:{}}{} {}{}{}", "", depth * 2, node.kind, node.id, node.detail.empty() ? "" : "  ", node.detail));
  for (const LineageNode& source : node.sources) append_lines(lines, source, depth + 1);
}

void append_records(std::vector<text::Fields>& records, const LineageNode& node, int depth) {
  text::Fields fields{"lineage", node.id, {}};
  fields.add("depth", depth).add("kind", node.kind).add("id", node.id).add("detail", node.detail);
  records.push_back(std::move(fields));
  for (const LineageNode& source : node.sources) append_records(records, source, depth + 1);
}

}  // namespace

Result<LineageNode> trace_lineage(const store::Store& store, const ModelVersion& model) {
  const ModelConfig& config = model.artifact.config;
  LineageNode root{"model", model.text(), model.artifact.manifest.digest.text()};
  if (config.origin.run) root.sources.push_back(run_node(store, *config.origin.run, config.origin, 0));
  else root.sources.push_back({"file", model.artifact.model.text(), config.origin.file});
  return root;
}

std::vector<std::string> format_lineage(const LineageNode& root) {
  std::vector<std::string> lines;
  append_lines(lines, root, 0);
  return lines;
}

std::vector<text::Fields> describe_lineage(const LineageNode& root) {
  std::vector<text::Fields> records;
  append_records(records, root, 0);
  return records;
}

}  // namespace aml::catalog
