// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/redisthread.h"
#include <functional>

namespace iam::cluster {

/// Listens to a channel, on a thread of its own. PINGs every second, so that a Redis which hangs is noticed.
class RedisSubscriber {
public:
    /// Both are called on that thread and must return soon.
    struct Listener {
        std::function<void()> subscribed; ///< messages may have been missed until now
        std::function<void(const std::string&)> message;
    };

    RedisSubscriber(RedisConfig config, std::string channel, Listener listener);
    /// Ends the thread.
    ~RedisSubscriber();

    /// The thread ends soon.
    void requestStop() { m_thread.requestStop(); }

    [[nodiscard]] const LinkState& state() const { return m_thread.state(); }

private:
    Result<> serve(RedisLink& link, const std::stop_token& stop);
    Result<> subscribe(RedisLink& link);

    const std::string m_channel;
    const Listener m_listener;
    RedisThread m_thread; ///< the last member: it uses the others
};

} // namespace iam::cluster
