// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/prometheussink.h"
#include "base/text.h"

namespace iam::records {

namespace {

constexpr const char* decisionFamily = "iam_user_authorization_status_total";
constexpr const char* otherUsers = "other";

/// In quotes, as the text format 0.0.4 has label values.
std::string labelValue(std::string_view value)
{
    std::string out = "\"";
    for (const char c : text::toUtf8(value)) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

} // namespace

PrometheusOptions PrometheusOptions::read(ConfigReader& reader)
{
    PrometheusOptions options;
    reader.integer("max_users", options.maxUsers, 1, 100'000);
    for (const char* key : {"listen_address", "path"})
        if (reader.isGiven(key)) reader.fault(key, "is not used: the counters stand in the pump's own /metrics");
    return options;
}

PrometheusSink::PrometheusSink(PrometheusOptions options)
    : m_maxUsers(static_cast<std::size_t>(options.maxUsers))
{
}

/// The mutex is held.
PrometheusSink::Counts& PrometheusSink::countsOf(const std::string& owner)
{
    if (owner == otherUsers) return m_others;
    if (const auto found = m_users.find(owner); found != m_users.end()) return found->second;
    return m_users.size() < m_maxUsers ? m_users[owner] : m_others;
}

Result<> PrometheusSink::write(std::span<const contract::DecisionRecord> records)
{
    const std::lock_guard lock(m_mutex);
    for (const contract::DecisionRecord& record : records) ++countsOf(record.owner)[record.allowed ? 0 : 1];
    return {};
}

std::string PrometheusSink::metrics() const
{
    std::map<std::string, Counts, std::less<>> users;
    {
        const std::lock_guard lock(m_mutex);
        users = m_users;
        if (m_others != Counts{}) users[otherUsers] = m_others;
    }
    std::string out;
    if (users.empty()) return out;
    out.append("# HELP ")
        .append(decisionFamily)
        .append(" Decisions handed to the sink, by code (0 allowed, 1 denied) and user.\n");
    out.append("# TYPE ").append(decisionFamily).append(" counter\n");
    for (const auto& [user, counts] : users)
        for (const std::size_t code : {0U, 1U})
            if (counts[code] != 0)
                out.append(decisionFamily)
                    .append("{code=\"")
                    .append(std::to_string(code))
                    .append("\",username=")
                    .append(labelValue(user))
                    .append("} ")
                    .append(std::to_string(counts[code]))
                    .append("\n");
    return out;
}

} // namespace iam::records
