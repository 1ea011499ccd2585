#include "model/model.h"

#include <algorithm>
#include <unordered_map>

#include "model/parse.h"
#include "model/plan.h"
#include "text/suggest.h"

namespace aml::model {
namespace {

// Turns names into slots and nodes into steps. The nodes of a valid file stand in topological order, so one pass is
// both the check and the plan.
class Planner {
 public:
  explicit Planner(ParsedModel parsed) : parsed_(std::move(parsed)) {}

  Result<std::unique_ptr<Plan>> make(std::string_view name) {
    plan_->name = name;
    for (const ValueSpec& input : parsed_.inputs) plan_->input_slots.push_back(TRY(define(input.name)));
    for (auto& [constant, value] : parsed_.constants) {
      plan_->constants.emplace_back(TRY(define(constant)), std::move(value));
    }
    for (const ParsedNode& node : parsed_.nodes) TRY(with_context(add_step(node), node.place));
    TRY(add_outputs());
    find_last_uses();
    plan_->inputs = std::move(parsed_.inputs);
    plan_->outputs = std::move(parsed_.outputs);
    plan_->metadata = std::move(parsed_.metadata);
    plan_->opsets = std::move(parsed_.opsets);
    plan_->producer = std::move(parsed_.producer);
    return std::move(plan_);
  }

 private:
  Result<size_t> define(const std::string& name) {
    if (name.empty()) return data_error("a value has no name");
    if (!slots_.emplace(name, plan_->slot_count).second) return data_error("value '{}' is made twice", name);
    return plan_->slot_count++;
  }

  Result<size_t> use(const std::string& name) const {
    const auto found = slots_.find(name);
    if (found != slots_.end()) return found->second;
    return data_error("value '{}' is used before anything made it", name);
  }

  Result<int64_t> opset_of(const std::string& domain) const {
    const auto found = parsed_.opsets.find(domain.empty() ? "ai.onnx" : domain);
    if (found != parsed_.opsets.end()) return found->second;
    return data_error("the model does not import the operator set '{}'", domain);
  }

  Result<const Operator*> find(const NodeSpec& spec) const {
    const Operator* entry = find_operator(spec.domain, spec.op);
    if (entry == nullptr) {
      const std::string full = fmt::format("{}.{}", spec.domain.empty() ? "ai.onnx" : spec.domain, spec.op);
      return Error{ErrorKind::bad_data, fmt::format("operator '{}' is not supported", full),
                   "score it with an ONNX runtime that has this operator"};
    }
    const int64_t opset = TRY(opset_of(spec.domain));
    if (opset < entry->since) {
      return data_error("'{}' of operator set {} is not supported, only from {} on", spec.op, opset, entry->since);
    }
    return entry;
  }

  Result<Kernel> compile(const NodeSpec& spec) const {
    const Operator* entry = TRY(find(spec));
    Node node(spec, TRY(opset_of(spec.domain)));
    for (size_t i = 0; i < entry->inputs_min; ++i) {
      if (!node.has_input(i)) return data_error("input {} is missing", i + 1);
    }
    if (spec.inputs.size() > entry->inputs_max) {
      return data_error("{} inputs, at most {} are defined", spec.inputs.size(), entry->inputs_max);
    }
    if (spec.outputs.empty()) return data_error("it has no output");
    Kernel kernel = TRY(entry->compile(node));
    const std::vector<std::string> unasked = node.unasked();
    if (!unasked.empty()) return data_error("attribute '{}' is not supported", unasked.front());
    return kernel;
  }

  Status add_step(const ParsedNode& node) {
    auto kernel = TRY(compile(node.spec));
    PlanStep step{.place = node.place, .kernel = std::move(kernel), .inputs = {}, .outputs = {}, .last_uses = {}};
    for (const std::string& input : node.spec.inputs) {
      step.inputs.push_back(input.empty() ? kNoSlot : TRY(use(input)));
    }
    for (const std::string& output : node.spec.outputs) {
      step.outputs.push_back(output.empty() ? kNoSlot : TRY(define(output)));
    }
    if (node.spec.domain == kMlDomain) TRY(note_classes(node.spec));
    plan_->steps.push_back(std::move(step));
    return {};
  }

  // Class names stand in attributes of classifiers, and of ZipMap, which gives them to an output of the graph.
  Status note_classes(const NodeSpec& spec) {
    Node node(spec, 1);
    std::vector<std::string> classes;
    if (node.has("classlabels_strings")) classes = TRY(node.texts("classlabels_strings"));
    for (const char* name : {"classlabels_int64s", "classlabels_ints"}) {
      if (!node.has(name)) continue;
      for (const int64_t label : TRY(node.integers(name))) classes.push_back(std::to_string(label));
    }
    if (classes.empty()) return {};
    for (ValueSpec& output : parsed_.outputs) {
      if (spec.op == "ZipMap" && output.name == spec.outputs.front()) output.classes = classes;
    }
    plan_->classes = std::move(classes);
    return {};
  }

  Status add_outputs() {
    if (parsed_.outputs.empty()) return data_error("the graph has no output");
    for (const ValueSpec& output : parsed_.outputs) {
      plan_->output_slots.push_back(TRY(with_context(use(output.name), "output")));
    }
    return {};
  }

  // Walking backwards, the first step met that uses a slot is the last to need it. Outputs and constants stay.
  void find_last_uses() {
    std::vector<bool> is_needed(plan_->slot_count, false);
    for (const size_t slot : plan_->output_slots) is_needed[slot] = true;
    for (const auto& [slot, value] : plan_->constants) is_needed[slot] = true;
    for (auto step = plan_->steps.rbegin(); step != plan_->steps.rend(); ++step) {
      for (const auto* slots : {&step->inputs, &step->outputs}) {
        for (const size_t slot : *slots) {
          if (slot == kNoSlot || is_needed[slot]) continue;
          is_needed[slot] = true;
          step->last_uses.push_back(slot);
        }
      }
    }
  }

  ParsedModel parsed_;
  std::unique_ptr<Plan> plan_ = std::make_unique<Plan>();
  std::unordered_map<std::string, size_t> slots_;
};

Result<std::unique_ptr<Plan>> make_plan(std::string_view bytes, std::string_view name, const LoadLimits& limits) {
  return Planner(TRY(parse_model(bytes, limits))).make(name);
}

}  // namespace

Model::Model(std::unique_ptr<const Plan> plan) : plan_(std::move(plan)) {}
Model::~Model() = default;
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;

const std::string& Model::name() const { return plan_->name; }
const std::vector<ValueSpec>& Model::inputs() const { return plan_->inputs; }
const std::vector<ValueSpec>& Model::outputs() const { return plan_->outputs; }
const std::map<std::string, std::string>& Model::metadata() const { return plan_->metadata; }
const std::string& Model::producer() const { return plan_->producer; }
const std::map<std::string, int64_t>& Model::opsets() const { return plan_->opsets; }
const std::vector<std::string>& Model::classes() const { return plan_->classes; }
size_t Model::node_count() const { return plan_->steps.size(); }

Result<Model> load_model(std::string_view bytes, std::string_view name, const LoadLimits& limits) {
  return Model(TRY(with_context(make_plan(bytes, name, limits), fmt::format("cannot load model '{}'", name))));
}

}  // namespace aml::model
