// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/agent/agent.h"
#include "http/server.h"
#include "routes/agentroutes.h"
#include "routes/respond.h"
#include <QTcpServer>
#include <QTemporaryDir>
#include <mutex>

namespace iam::cluster {

/// The system's clock with hands that a test can set: the wall clock, and time that went by unnoticed.
class SetClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return SystemClock().now() + m_wall.load(); }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return SystemClock().steadyNow() + m_steady.load();
    }
    void setWall(std::chrono::milliseconds by) { m_wall = by; }
    void pass(std::chrono::milliseconds time) { m_steady = m_steady.load() + time; }

private:
    std::atomic<std::chrono::milliseconds> m_wall{std::chrono::milliseconds(0)};
    std::atomic<std::chrono::milliseconds> m_steady{std::chrono::milliseconds(0)};
};

/// Says what a test wants it to say.
class FakeSenses final : public Senses {
public:
    FakeSenses(std::string node, const Clock& clock)
        : m_node(std::move(node))
        , m_clock(clock)
    {
    }
    std::vector<Observation> observations() override
    {
        const auto now = m_clock.steadyNow();
        return {{m_node, Fact::Address, {}, held ? "held" : "absent", now, since},
                {m_node, Fact::Vrrp, {}, held ? "MASTER" : "BACKUP", now, since},
                {m_node, Fact::Nginx, {}, "answers", now, since}};
    }
    contract::ClusterNode node() override
    {
        contract::ClusterNode node;
        node.name = called.empty() ? m_node : called;
        node.reachable = true;
        node.vrrp.state = held ? "MASTER" : "BACKUP";
        node.services = {{"apiserver", true, {}, 1.0, 2.0, 3.0, 4, {}}};
        node.upstreams = {{"iam.api.test", "n1", 10, 0.5}, {"iam.api.test", "n2", 10, 0.5}};
        return node;
    }
    std::vector<contract::ClusterDependency> dependencies() override { return {}; }

    bool held = false;
    std::string called; ///< its report is of this node, which nobody can use
    std::optional<Observation::Time> since;

private:
    const std::string m_node;
    const Clock& m_clock;
};

inline ClusterKeyConfig keyOf(const std::string& key)
{
    return {SecretString(key), {}};
}

/// Two nodes at 127.0.0.2 and 127.0.0.3, with a port that is free on both, and an address that nobody has.
inline ClusterDefinition twoNodes()
{
    QTcpServer free;
    if (!free.listen(QHostAddress(QStringLiteral("127.0.0.2")))) qFatal("no free port");
    ClusterDefinition definition;
    definition.nodes = {{"n1", "127.0.0.2", "lo", 100}, {"n2", "127.0.0.3", "lo", 100}};
    definition.vip.address = "127.0.0.99";
    definition.apiDomain = "iam.api.test";
    definition.authzDomain = "iam.authz.test";
    definition.ports.agent = free.serverPort();
    definition.ports.http = free.serverPort();
    return definition;
}

/// One agent with its listener, on the thread of the test.
class AgentUnderTest {
public:
    AgentUnderTest(const ClusterDefinition& definition, const std::string& name, const std::string& key,
                   Journal* journal = nullptr)
        : senses(name, clock)
        , keys(keyOf(key), clock)
        , agent({definition, name, definition.ports.agent, false}, senses, keys, journal, clock)
        , m_address(definition.node(name)->address)
        , m_port(definition.ports.agent)
    {
        listen();
        agent.start();
    }
    ~AgentUnderTest() { hide(); }

    void listen()
    {
        m_threads = std::make_unique<http::IoThreads>(http::Limits{}, 1, m_systemClock);
        m_server = std::make_unique<http::Server>(
            *m_threads,
            http::Router(
                routes::agentRoutes({agent, keys, clock, m_files}), http::Auth::none(),
                [](const http::ExchangePtr& exchange) { exchange->reply(routes::errorResponse(Code::PageNotFound)); }),
            http::ServerConfig{"agent", {}, {}, [](Code code) { return routes::errorResponse(code); }});
        if (auto port = m_server->listen(m_address, m_port); !port) qFatal("%s", port.error().detail.c_str());
    }
    /// Nobody answers any more.
    void hide()
    {
        m_server.reset();
        m_threads.reset();
    }

    SetClock clock;
    FakeSenses senses;
    ClusterKeySource keys;
    Agent agent;

private:
    const SystemClock m_systemClock;
    const std::string m_address;
    const std::uint16_t m_port;
    WorkerPool m_files{"files", 1, 8};
    std::unique_ptr<http::IoThreads> m_threads;
    std::unique_ptr<http::Server> m_server;
};

} // namespace iam::cluster
