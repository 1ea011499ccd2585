#include "kernel/levels/kernels.h"

namespace aml::kernel::AML_KERNEL_LEVEL {

constinit const KernelTable kTable = {
    .histogram = histogram,
    .add = add,
    .subtract = subtract,
    .partition = partition,
    .add_at = add_at,
    .logistic_gradients = logistic_gradients,
    .softmax_gradients = softmax_gradients,
    .squared_gradients = squared_gradients,
    .largest_difference = largest_difference,
    .softmax = softmax,
    .linear_tile = linear_tile,
    .dot = dot,
    .add_scaled = add_scaled,
    .exp = exp_all,
    .log = log_all,
};

}  // namespace aml::kernel::AML_KERNEL_LEVEL
