// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/redisthread.h"
#include <atomic>
#include <deque>
#include <functional>

namespace iam::cluster {

/// Sends texts to a channel, on a thread of its own, in order. While Redis is away they wait; of too many the oldest
/// go. A text may be sent twice when the connection is lost in the middle.
class RedisPublisher {
public:
    /// A text is made when it is sent, since it says when that is.
    using Text = std::function<std::string()>;

    RedisPublisher(RedisConfig config, std::string channel);
    /// Ends the thread; what waits is dropped.
    ~RedisPublisher();

    /// Hands over; never waits. Any thread.
    void publish(Text text);

    /// The thread ends soon; what is not sent by then is dropped.
    void requestStop() { m_thread.requestStop(); }

    [[nodiscard]] const LinkState& state() const { return m_thread.state(); }
    [[nodiscard]] std::uint64_t published() const { return m_published; }
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }
    /// Redis forgets everything when it is restarted: `appendonly` is off.
    [[nodiscard]] bool forgetful() const { return m_forgetful; }

private:
    static constexpr std::size_t maxWaiting = 256;

    Result<> serve(RedisLink& link, const std::stop_token& stop);
    Result<> lookAtPersistence(RedisLink& link);

    const std::string m_channel;
    std::atomic<std::uint64_t> m_published = 0;
    std::atomic<std::uint64_t> m_dropped = 0;
    std::atomic<bool> m_forgetful = false;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Text> m_waiting;
    RedisThread m_thread; ///< the last member: it uses the others
};

} // namespace iam::cluster
