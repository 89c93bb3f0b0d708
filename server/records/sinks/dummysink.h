// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/sinks/sink.h"

namespace iam::records {

/// Logs how many records it is given, and at debug level one line for each: whether it was allowed, its number and its
/// request, nothing of what was asked.
class DummySink final : public Sink {
public:
    explicit DummySink(std::string name)
        : m_name(std::move(name))
    {
    }
    Result<> write(std::span<const contract::DecisionRecord> records) override;

private:
    const std::string m_name;
};

} // namespace iam::records
