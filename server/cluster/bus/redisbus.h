// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/messagescreen.h"
#include "cluster/bus/redispublisher.h"
#include "cluster/bus/redissubscriber.h"

namespace iam::cluster {

/// What the bus did since it was made.
struct BusStats {
    bool up = false; ///< both connections stand
    std::uint64_t published = 0;
    std::uint64_t dropped = 0;  ///< not published: too many waited for Redis
    std::uint64_t received = 0; ///< of others
    std::uint64_t rejected = 0; ///< of these: no message of ours at all, or not signed, old, repeated
    std::uint64_t reconnects = 0;
    std::optional<TimePoint> lastMessage; ///< of others
};

/// Tells the other servers at once that something changed, through Redis. Only a help: a server that hears nothing
/// finds the change in the database a little later. Nobody ever waits for Redis. Any thread.
class RedisBus {
public:
    /// Called on a thread of the bus; must return soon.
    struct Listener {
        /// A server of ours stored changes up to this id (0: it could not tell).
        std::function<void(std::uint64_t change)> changed;
        /// Anything may have changed: messages may have been missed, or somebody unknown says so.
        std::function<void()> unsure;
    };

    /// `node` is how this server calls itself. `clock` outlives this.
    RedisBus(const RedisConfig& config, std::string node, MessageKeySource keys, const Clock& clock, Listener listener);
    /// Ends both connections.
    ~RedisBus();

    void publish(Command command, std::uint64_t change);

    [[nodiscard]] BusStats stats() const;
    /// One of a few fixed sentences about what is not as it should be; empty when all is well. Everybody may read it:
    /// addresses and what the system or Redis said are in the log only.
    [[nodiscard]] std::string complaint() const;

private:
    void hear(const std::string& text);

    const std::string m_node;
    const std::string m_nonces; ///< how the nonces of this process begin
    const Clock& m_clock;
    const Listener m_listener;
    const MessageKeySource m_keys;
    MessageScreen m_screen;
    std::atomic<std::uint64_t> m_sent = 0;
    std::atomic<std::uint64_t> m_received = 0;
    std::atomic<std::uint64_t> m_rejected = 0;
    std::atomic<std::int64_t> m_lastMessage = 0;                       ///< ms since the epoch; 0: none
    std::optional<std::chrono::steady_clock::time_point> m_complained; ///< of the subscriber's thread
    RedisPublisher m_publisher;
    RedisSubscriber m_subscriber;
};

} // namespace iam::cluster
