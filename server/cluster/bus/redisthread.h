// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/linkstate.h"
#include "cluster/bus/redislink.h"
#include <functional>
#include <string>
#include <thread>

namespace iam::cluster {

/// A connection to Redis on a thread of its own, opened anew whenever it ends. The state is down until `serve` sets it
/// up.
class RedisThread {
public:
    /// What the connection is for; until it fails or a stop is requested. Called on that thread.
    using Serve = std::function<Result<>(RedisLink&, const std::stop_token&)>;

    /// `purpose`: "listening to Redis at …", for the log. Starts at once.
    RedisThread(RedisConfig config, const std::string& purpose, Serve serve, RedisLimits limits = {});

    /// The thread ends soon; the destructor waits for it.
    void requestStop() { m_thread.request_stop(); }
    /// Ends the thread. Idempotent; not on the thread itself.
    void stop();

    [[nodiscard]] const RedisConfig& config() const { return m_config; }
    [[nodiscard]] LinkState& state() { return m_state; }
    [[nodiscard]] const LinkState& state() const { return m_state; }

private:
    void run(const std::stop_token& stop);

    const RedisConfig m_config;
    const Serve m_serve;
    const RedisLimits m_limits;
    LinkState m_state;
    std::jthread m_thread; ///< the last member: it uses the others
};

} // namespace iam::cluster
