// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/sinks/sink.h"
#include <memory>

namespace iam::records {

/// The sink of the type, which is not connected yet: that comes with the first write(). What it writes beside records
/// is that they come from this node. Code::Validation when there is no such type (then with the fault on "type") or its
/// options are not as they must be: every fault, as ConfigReader::finish() gives them.
Result<std::unique_ptr<Sink>> makeSink(const SinkConfig& config, const std::string& node);

/// What makeSink() would complain about; touches neither network nor disk. Empty: all well.
[[nodiscard]] std::vector<FieldFault> checkSink(const SinkConfig& config);

} // namespace iam::records
