// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/bodybudget.h"
#include "http/limits.h"
#include "http/mailbox.h"
#include "http/requestcounters.h"
#include "http/server.h"
#include "http/session.h"
#include <array>
#include <atomic>
#include <memory>
#include <mutex>

namespace iam::http {

/// What all connections and requests of one Server share: its routes, its settings, its counters. It lives as long as
/// the last of them. Thread-safe.
class Site : public std::enable_shared_from_this<Site> {
public:
    Site(Router router, ServerConfig config, const Limits& limits);

    /// Where an answer goes: one request of one connection.
    struct Origin {
        std::shared_ptr<Mailbox> mailbox;
        std::uint64_t connection = 0;
        std::uint64_t sequence = 0;
        Address peer;
        bool tls = false;
    };

    /// Takes a request through the fixed steps: request id, limits, recovery, authentication, handler.
    void serve(Origin origin, WireRequest&& wire);
    /// The longest body for what is asked.
    [[nodiscard]] std::size_t bodyLimit(Method method, std::string_view target) const;
    /// An answer of the layer's own, counted and logged.
    [[nodiscard]] Answer refusal(Code code, const Address& peer, bool tls);

    [[nodiscard]] bool trusts(const Address& peer) const noexcept
    {
        return containsAddress(m_config.trustedProxies, peer);
    }
    [[nodiscard]] const ServerConfig& config() const noexcept { return m_config; }
    [[nodiscard]] Stats& stats() noexcept { return m_stats; }
    [[nodiscard]] const RequestCounters& requests() const noexcept { return m_requests; }

    void connectionOpened() { ++m_stats.connections; }
    void connectionClosed();
    /// Afterwards `done` is called once, from any thread, when no connection and no running request is left; perhaps
    /// at once.
    void startDraining(std::function<void()> done);
    [[nodiscard]] bool isDraining() const noexcept { return m_draining.load(std::memory_order_acquire); }

private:
    class WireExchange;

    [[nodiscard]] Response error(Code code) const;
    [[nodiscard]] std::size_t inFlightLimit(LimitClass limits) const;
    void run(const std::shared_ptr<WireExchange>& exchange);
    template <class Step>
    void guard(const ExchangePtr& exchange, const Step& step) const noexcept;
    void addCors(const Request& request, Response& response) const;
    [[nodiscard]] bool allowsOrigin(const Request& request) const;
    [[nodiscard]] static std::function<void(std::string, bool)> continuation(const Origin& origin);
    void finish(WireExchange& exchange, Response&& response);
    void lookIfDrained();

    const Router m_router;
    const ServerConfig m_config;
    const Limits m_limits;
    Stats m_stats;
    RequestCounters m_requests;
    std::array<std::atomic<std::size_t>, 4> m_inFlight{};
    std::atomic<bool> m_draining = false;
    std::mutex m_drainMutex;
    std::function<void()> m_drained;
};

} // namespace iam::http
