// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/messagescreen.h"

namespace iam::cluster {

MessageScreen::MessageScreen(std::string ownNonces, MessageKeySource keys, const Clock& clock)
    : m_ownNonces(std::move(ownNonces))
    , m_keys(std::move(keys))
    , m_clock(clock)
{
}

MessageScreen::Verdict MessageScreen::judge(std::string_view text)
{
    const auto message = parseMessage(text);
    if (!message) return {};
    auto origin = parseOrigin(message->payload);
    if (!origin) return {Worth::Hint};
    // Whoever forges this has only its own message ignored.
    if (origin->nonce.starts_with(m_ownNonces)) return {Worth::Own};
    if (!isSigned(*message, *m_keys())) return {Worth::Hint};
    const TimePoint now = m_clock.now();
    // Before the subtraction: a time from outside may be any number.
    if (origin->time < now - freshness || origin->time > now + freshness) return {Worth::Hint};
    if (!remember(*origin, now)) return {Worth::Hint};
    return {Worth::Trusted, std::move(*origin)};
}

bool MessageScreen::remember(const Origin& origin, TimePoint now)
{
    // What is older than this is refused by its time.
    while (!m_heard.empty() && (m_heard.front().time < now - 2 * freshness || m_heard.size() >= maxHeard)) {
        m_nonces.erase(m_heard.front().nonce);
        m_heard.pop_front();
    }
    if (!m_nonces.insert(origin.nonce).second) return false;
    m_heard.push_back({now, origin.nonce});
    return true;
}

} // namespace iam::cluster
