// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/redispublisher.h"

namespace iam::cluster {

namespace {

constexpr std::chrono::seconds publisherPing{1};

} // namespace

RedisPublisher::RedisPublisher(RedisConfig config, std::string channel)
    : m_channel(std::move(channel))
    , m_thread(std::move(config), "publishing changes to Redis at ",
               [this](RedisLink& link, const std::stop_token& stop) { return serve(link, stop); })
{
}

RedisPublisher::~RedisPublisher() = default;

void RedisPublisher::publish(Text text)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.size() >= maxWaiting) {
            m_waiting.pop_front();
            ++m_dropped;
        }
        m_waiting.push_back(std::move(text));
    }
    m_changed.notify_one();
}

Result<> RedisPublisher::serve(RedisLink& link, const std::stop_token& stop)
{
    if (auto done = lookAtPersistence(link); !done) return done;
    m_thread.state().setUp();
    for (;;) {
        Text next;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait_for(lock, stop, publisherPing, [this] { return !m_waiting.empty(); });
            if (stop.stop_requested()) return {};
            if (!m_waiting.empty()) next = m_waiting.front();
        }
        const std::string text = next ? next() : std::string();
        const auto reply = next ? link.ask({"PUBLISH", m_channel, text}) : link.ask({"PING"});
        if (!reply) return fail(reply);
        if (!next) {
            if (!reply->isText("PONG")) return fail(Code::AnswerInvalid, "what answers PING is no Redis");
            continue;
        }
        if (reply->kind != RedisReply::Kind::Integer) return fail(Code::AnswerInvalid, "Redis refuses to publish");
        ++m_published;
        const std::lock_guard lock(m_mutex);
        // It may have been dropped meanwhile, with others in front now: those are as good.
        if (!m_waiting.empty()) m_waiting.pop_front();
    }
}

Result<> RedisPublisher::lookAtPersistence(RedisLink& link)
{
    const auto reply = link.ask({"CONFIG", "GET", "appendonly"});
    if (!reply) return fail(reply);
    // CONFIG may be forbidden: then there is nothing to say.
    m_forgetful = reply->kind == RedisReply::Kind::List && reply->items.size() == 2 && reply->items[1].isText("no");
    const bool unauthorized = reply->kind == RedisReply::Kind::Failure && reply->text.starts_with("NOAUTH");
    if (unauthorized) return fail(Code::PasswordIncorrect, "Redis wants a password (redis.password)");
    return {};
}

} // namespace iam::cluster
