// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "records/sinks/sink.h"
#include <array>
#include <cstdint>
#include <map>
#include <mutex>

namespace iam::records {

struct PrometheusOptions {
    int maxUsers = 1000; ///< max_users: how many names are told apart

    static PrometheusOptions read(ConfigReader& reader);
};

/// Counts decisions, for the pump's own /metrics. The family is that of the system this one replaces:
/// iam_user_authorization_status_total{code, username}, code "0" allowed, "1" denied. From the user on that is one too
/// many all new ones are counted as "other". It counts from its start on, as counters do. A pump shows the family of
/// one such sink only.
class PrometheusSink final : public Sink {
public:
    explicit PrometheusSink(PrometheusOptions options);

    /// Always succeeds.
    Result<> write(std::span<const contract::DecisionRecord> records) override;
    [[nodiscard]] std::string metrics() const override;

private:
    using Counts = std::array<std::uint64_t, 2>; ///< by code

    Counts& countsOf(const std::string& owner);

    const std::size_t m_maxUsers;
    mutable std::mutex m_mutex;
    std::map<std::string, Counts, std::less<>> m_users;
    Counts m_others{};
};

} // namespace iam::records
