#include "history/compare.h"

#include <map>

namespace aml::history {
namespace {

using Facts = std::map<std::string, std::string>;

void compare_facts(const std::string& section, const Facts& left, const Facts& right, std::vector<Difference>& out) {
  Facts keys = left;
  keys.insert(right.begin(), right.end());
  for (const auto& [key, unused] : keys) {
    const auto in_left = left.find(key);
    const auto in_right = right.find(key);
    Difference difference{section, key, in_left == left.end() ? "" : in_left->second,
                          in_right == right.end() ? "" : in_right->second};
    if (difference.left != difference.right || (in_left == left.end()) != (in_right == right.end()))
      out.push_back(std::move(difference));
  }
}

Facts params_of(const store::RunSummary& run) { return {run.params.begin(), run.params.end()}; }

Facts metrics_of(const store::RunSummary& run) {
  Facts facts;
  for (const auto& [key, metric] : run.metrics)
    facts[key] = store::format_metric_value({metric.ts_ms, metric.step, key, metric.last, metric.json_last});
  return facts;
}

Facts inputs_of(const store::RunSummary& run) {
  Facts facts;
  for (const store::InputRecord& input : run.spec.inputs) facts[input.name] = input.digest.text();
  return facts;
}

Facts source_of(const store::RunSpec& spec) {
  Facts facts;
  if (spec.snapshot) facts["snapshot"] = spec.snapshot->text();
  if (spec.git) facts["git"] = spec.git->commit + (spec.git->is_dirty ? " (changed)" : "");
  if (spec.environment) facts["environment"] = spec.environment->text();
  return facts;
}

Facts run_of(const store::RunSummary& run) {
  std::string argv;
  for (const std::string& word : run.spec.argv) argv += (argv.empty() ? "" : " ") + word;
  Facts facts = {{"argv", argv}, {"kind", run.spec.kind}, {"state", name_of(run.state)}, {"target", run.spec.target}};
  if (run.spec.seed) facts["seed"] = std::to_string(*run.spec.seed);
  return facts;
}

}  // namespace

std::vector<Difference> compare_runs(const store::RunSummary& left, const store::RunSummary& right) {
  std::vector<Difference> differences;
  compare_facts("run", run_of(left), run_of(right), differences);
  compare_facts("params", params_of(left), params_of(right), differences);
  compare_facts("inputs", inputs_of(left), inputs_of(right), differences);
  compare_facts("source", source_of(left.spec), source_of(right.spec), differences);
  compare_facts("metrics", metrics_of(left), metrics_of(right), differences);
  return differences;
}

text::Fields describe(const Difference& difference) {
  text::Fields fields{"difference", difference.section + "." + difference.key, {}};
  fields.add("key", fields.id);
  fields.add("left", difference.left);
  fields.add("right", difference.right);
  return fields;
}

}  // namespace aml::history
