// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/redissubscriber.h"

namespace iam::cluster {

namespace {

constexpr std::chrono::seconds subscriberPing{1};

} // namespace

RedisSubscriber::RedisSubscriber(RedisConfig config, std::string channel, Listener listener)
    : m_channel(std::move(channel))
    , m_listener(std::move(listener))
    , m_thread(std::move(config), "listening to Redis at ",
               [this](RedisLink& link, const std::stop_token& stop) { return serve(link, stop); })
{
}

RedisSubscriber::~RedisSubscriber() = default;

Result<> RedisSubscriber::subscribe(RedisLink& link)
{
    const auto reply = link.ask({"SUBSCRIBE", m_channel});
    if (!reply) return fail(reply);
    if (reply->kind == RedisReply::Kind::List && reply->items.size() == 3 && reply->items[0].isText("subscribe"))
        return {};
    const bool unauthorized = reply->kind == RedisReply::Kind::Failure && reply->text.starts_with("NOAUTH");
    if (unauthorized) return fail(Code::PasswordIncorrect, "Redis wants a password (redis.password)");
    return fail(Code::AnswerInvalid, "Redis refuses to subscribe");
}

Result<> RedisSubscriber::serve(RedisLink& link, const std::stop_token& stop)
{
    using Clock = std::chrono::steady_clock;
    if (auto done = subscribe(link); !done) return done;
    m_thread.state().setUp();
    m_listener.subscribed();
    Clock::time_point next = Clock::now() + subscriberPing; // when to ask, or until when an answer is waited for
    bool asked = false;
    while (!stop.stop_requested()) {
        const auto reply = link.receive(next);
        if (!reply) return fail(reply);
        if (!*reply) {
            if (Clock::now() < next) continue; // a stop was requested
            if (asked) return fail(Code::TimedOut, "Redis does not answer");
            if (auto done = link.send({"PING"}); !done) return done;
            asked = true;
            next = Clock::now() + m_thread.config().timeout;
            continue;
        }
        const std::vector<RedisReply>& items = (*reply)->items;
        if (items.size() == 3 && items[0].isText("message"))
            m_listener.message(items[2].text);
        else if (asked && items.size() == 2 && items[0].isText("pong")) {
            asked = false;
            next = Clock::now() + subscriberPing;
        } else {
            return fail(Code::AnswerInvalid, "what answers is no Redis");
        }
    }
    return {};
}

} // namespace iam::cluster
