// What the sources of this folder define, once per level.
#pragma once

#include "kernel/types.h"

namespace aml::kernel::AML_KERNEL_LEVEL {

void histogram(const HistogramTask& task);
void add(int64_t* to, const int64_t* what, size_t count);
void subtract(int64_t* from, const int64_t* what, size_t count);
size_t partition(const PartitionTask& task);
void add_at(double* values, const uint32_t* rows, size_t count, double amount);

LossSum logistic_gradients(const double* scores, const uint32_t* labels, size_t rows, GradientScale scale,
                           GradientPair* out);
LossSum softmax_gradients(const SoftmaxTask& task);
double squared_gradients(const double* scores, const double* targets, size_t rows, double scale, GradientPair* out);
double largest_difference(const double* a, const double* b, size_t rows);
void softmax(const double* scores, double* probabilities, size_t stride, size_t classes, size_t rows);

LossSum linear_tile(const LinearTask& task);
double dot(const double* a, const double* b, size_t count);
void add_scaled(double* to, const double* what, size_t count, double factor);
void exp_all(double* values, size_t count);
void log_all(double* values, size_t count);

extern const KernelTable kTable;

}  // namespace aml::kernel::AML_KERNEL_LEVEL
