// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/redislink.h"
#include "records/legacy/legacyform.h"
#include "records/legacy/legacylist.h"
#include "recordsamples.h"
#include "support/redisserver.h"
#include <QTest>
#include <set>
#include <vector>

namespace iam::test {

inline cluster::RedisConfig redisAt(std::uint16_t port)
{
    cluster::RedisConfig config;
    config.host = "127.0.0.1";
    config.port = port;
    config.timeout = std::chrono::seconds(2);
    return config;
}

/// Speaks to Redis as servers and pumps of the old system do.
class LegacyPeer {
public:
    explicit LegacyPeer(std::uint16_t port)
        : m_config(redisAt(port))
    {
    }

    /// How long the list is then; nothing when Redis did not say.
    std::optional<long long> push(const std::vector<std::string>& entries)
    {
        std::vector<std::string_view> command{"RPUSH", records::legacyListName};
        command.insert(command.end(), entries.begin(), entries.end());
        const auto reply = ask(command);
        if (!reply || reply->kind != cluster::RedisReply::Kind::Integer) return {};
        return reply->integer;
    }
    /// What the list holds.
    std::vector<std::string> entries() { return textsOf(ask({"LRANGE", records::legacyListName, "0", "-1"})); }
    long long length(std::string_view key = records::legacyListName)
    {
        const auto reply = ask({"LLEN", key});
        return reply ? reply->integer : -1;
    }
    /// As the old pump does: reads all and deletes it in one transaction.
    std::vector<std::string> takeAll()
    {
        static_cast<void>(ask({"MULTI"}));
        static_cast<void>(ask({"LRANGE", records::legacyListName, "0", "-1"}));
        static_cast<void>(ask({"DEL", records::legacyListName}));
        const auto done = ask({"EXEC"});
        return done && done->items.size() == 2 ? textsOf(done->items[0]) : std::vector<std::string>();
    }

    std::optional<cluster::RedisReply> ask(const std::vector<std::string_view>& command)
    {
        if (!m_link) {
            auto link = cluster::RedisLink::open(m_config, {}, {std::size_t{256} * 1024 * 1024, 1'000'000});
            if (!link) return {};
            m_link.emplace(std::move(*link));
        }
        auto reply = m_link->ask(command);
        if (reply) return std::move(*reply);
        m_link.reset();
        return {};
    }
    cluster::RedisLink& link()
    {
        static_cast<void>(ask({"PING"}));
        return *m_link;
    }

private:
    static std::vector<std::string> textsOf(const std::optional<cluster::RedisReply>& reply)
    {
        std::vector<std::string> texts;
        if (reply)
            for (const cluster::RedisReply& item : reply->items) texts.push_back(item.text);
        return texts;
    }

    const cluster::RedisConfig m_config;
    std::optional<cluster::RedisLink> m_link;
};

/// A record of the old form that is told from others by its resource.
inline std::string legacyEntry(int number)
{
    contract::DecisionRecord record = sampleRecord(TimePoint(std::chrono::seconds(1'700'000'000 + number % 100)), 0);
    record.resource = "n:" + std::to_string(number);
    return records::packLegacyRecord(*records::toLegacy(record, {"[]", R"([{"id":"policy-a"},{"id":"policy-b"}])"}));
}

} // namespace iam::test
