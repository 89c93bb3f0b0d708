// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/redisbus.h"
#include "base/logging.h"
#include "crypto/random.h"

namespace iam::cluster {

namespace {

const char* publicSentence(Code fault)
{
    switch (fault) {
    case Code::TimedOut:
        return "Redis does not answer";
    case Code::PasswordIncorrect:
        return "Redis refuses the password";
    case Code::AnswerInvalid:
        return "Redis does not answer as it should";
    default:
        return "Redis cannot be reached; the database is polled instead";
    }
}

} // namespace

RedisBus::RedisBus(const RedisConfig& config, std::string node, MessageKeySource keys, const Clock& clock,
                   Listener listener)
    : m_node(std::move(node))
    , m_nonces(crypto::randomText(22) + "-")
    , m_clock(clock)
    , m_listener(std::move(listener))
    , m_keys(std::move(keys))
    , m_screen(m_nonces, m_keys, clock)
    , m_publisher(config, notificationChannel)
    , m_subscriber(config, notificationChannel,
                   {[this] { m_listener.unsure(); }, [this](const std::string& text) { hear(text); }})
{
}

RedisBus::~RedisBus()
{
    // Both end at the same time, not one after the other.
    m_publisher.requestStop();
    m_subscriber.requestStop();
}

void RedisBus::publish(Command command, std::uint64_t change)
{
    m_publisher.publish([this, command, change] {
        const Origin origin{m_node, change, m_clock.now(), m_nonces + std::to_string(++m_sent)};
        return writeMessage(makeMessage(command, origin, *m_keys()));
    });
}

void RedisBus::hear(const std::string& text)
{
    using Worth = MessageScreen::Worth;
    const MessageScreen::Verdict verdict = m_screen.judge(text);
    if (verdict.worth == Worth::Own) return;
    ++m_received;
    m_lastMessage = m_clock.now().time_since_epoch().count();
    if (verdict.worth == Worth::Trusted) return m_listener.changed(verdict.origin.change);
    ++m_rejected;
    const auto now = m_clock.steadyNow();
    if (!m_complained || now - *m_complained >= std::chrono::minutes(1)) {
        m_complained = now;
        qCWarning(lcCluster, "a message on %s %s; so far %llu of them (said once a minute at most)",
                  notificationChannel,
                  verdict.worth == Worth::Hint ? "is not signed by a server of ours, or is old"
                                               : "cannot be understood and is ignored",
                  static_cast<unsigned long long>(m_rejected.load()));
    }
    if (verdict.worth == Worth::Hint) m_listener.unsure();
}

BusStats RedisBus::stats() const
{
    BusStats stats;
    stats.up = m_publisher.state().isUp() && m_subscriber.state().isUp();
    stats.published = m_publisher.published();
    stats.dropped = m_publisher.dropped();
    stats.received = m_received;
    stats.rejected = m_rejected;
    stats.reconnects = m_publisher.state().reconnects() + m_subscriber.state().reconnects();
    if (const std::int64_t last = m_lastMessage; last != 0)
        stats.lastMessage = TimePoint(std::chrono::milliseconds(last));
    return stats;
}

std::string RedisBus::complaint() const
{
    for (const LinkState* state : {&m_subscriber.state(), &m_publisher.state()})
        if (const auto fault = state->fault()) return publicSentence(*fault);
    return m_publisher.forgetful() ? "appendonly is off: Redis forgets everything when it is restarted" : "";
}

} // namespace iam::cluster
