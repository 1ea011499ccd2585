// One line about a finished training, for people.
#pragma once

#include <string>

#include "learn/train.h"

namespace aml::learn {

// "accuracy 0.985, log_loss 0.0712 on 66 held-out rows; learned from 267 rows and 6 columns, 2 rows without label left
// out; not used: 'id' (looks like an identifier: …)"
std::string describe_training(const TrainedModel& model);

}  // namespace aml::learn
