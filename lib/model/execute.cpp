#include "model/execute.h"

#include "model/plan.h"

namespace aml::model {
namespace {

bool fits(const ValueSpec& spec, const Shape& shape) {
  if (!spec.has_shape) return true;
  if (spec.shape.size() != shape.size()) return false;
  for (size_t i = 0; i < shape.size(); ++i) {
    if (spec.shape[i] >= 0 && spec.shape[i] != shape[i]) return false;
  }
  return true;
}

Status check_inputs(const Plan& plan, std::span<const Tensor> inputs) {
  if (inputs.size() != plan.inputs.size()) {
    return data_error("{} inputs given, it takes {}", inputs.size(), plan.inputs.size());
  }
  for (size_t i = 0; i < inputs.size(); ++i) {
    const ValueSpec& spec = plan.inputs[i];
    if (inputs[i].type() == spec.type && fits(spec, inputs[i].shape())) continue;
    return data_error("input '{}' takes {} {}, not {} {}", spec.name, name_of(spec.type), to_text(spec.shape),
                      name_of(inputs[i].type()), to_text(inputs[i].shape()));
  }
  return {};
}

Status run_step(const PlanStep& step, std::vector<Tensor>& slots) {
  std::vector<const Tensor*> inputs(step.inputs.size(), nullptr);
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (step.inputs[i] != kNoSlot) inputs[i] = &slots[step.inputs[i]];
  }
  Tensors outputs = TRY(step.kernel(Inputs(inputs)));
  if (outputs.size() < step.outputs.size()) {
    return data_error("it has {} outputs, the model asks for {}", outputs.size(), step.outputs.size());
  }
  for (size_t i = 0; i < step.outputs.size(); ++i) {
    if (step.outputs[i] != kNoSlot) slots[step.outputs[i]] = std::move(outputs[i]);
  }
  for (const size_t slot : step.last_uses) slots[slot] = Tensor();
  return {};
}

Result<std::vector<Tensor>> run_plan(const Plan& plan, std::span<const Tensor> inputs) {
  TRY(check_inputs(plan, inputs));
  std::vector<Tensor> slots(plan.slot_count);
  for (size_t i = 0; i < inputs.size(); ++i) slots[plan.input_slots[i]] = inputs[i];
  for (const auto& [slot, value] : plan.constants) slots[slot] = value;
  for (const PlanStep& step : plan.steps) TRY(with_context(run_step(step, slots), step.place));
  std::vector<Tensor> outputs;
  outputs.reserve(plan.output_slots.size());
  for (const size_t slot : plan.output_slots) outputs.push_back(slots[slot]);
  return outputs;
}

}  // namespace

Result<std::vector<Tensor>> run(const Model& model, std::span<const Tensor> inputs) {
  return with_context(run_plan(model.plan(), inputs), fmt::format("model '{}'", model.name()));
}

}  // namespace aml::model
