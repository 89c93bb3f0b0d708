// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/server.h"
#include <QObject>
#include <QThread>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace iam::http {

/// A server in a thread of its own, so that a test can use blocking sockets.
class ServerFixture {
public:
    struct Setup {
        Limits limits;
        std::vector<Route> routes;
        std::vector<Network> trustedProxies;
        std::vector<std::string> corsOrigins;
        Auth fallbackAuth = Auth::none();
        std::optional<TlsFiles> tls;
        unsigned threads = 2; ///< 0: none, all on the server's own
    };

    explicit ServerFixture(Setup setup)
    {
        m_thread.start();
        m_home.moveToThread(&m_thread);
        inServerThread([&] {
            m_io = setup.threads > 0 ? std::make_unique<IoThreads>(setup.limits, setup.threads, m_clock)
                                     : std::make_unique<IoThreads>(setup.limits, IoThreads::OnThisThread{}, m_clock);
            ServerConfig config{"test", std::move(setup.trustedProxies), std::move(setup.corsOrigins), errorResponse};
            const Handler notFound = [](const ExchangePtr& exchange) {
                exchange->reply(errorResponse(Code::PageNotFound));
            };
            m_server = std::make_unique<Server>(
                *m_io, Router(std::move(setup.routes), std::move(setup.fallbackAuth), notFound), std::move(config));
            const Result<std::uint16_t> bound =
                setup.tls ? m_server->listenTls("127.0.0.1", 0, *setup.tls) : m_server->listen("127.0.0.1", 0);
            if (bound)
                m_port = *bound;
            else
                m_error = bound.error().detail;
        });
    }
    ~ServerFixture()
    {
        inServerThread([this] {
            m_server.reset();
            m_io.reset();
        });
        m_thread.quit();
        m_thread.wait();
    }
    ServerFixture(const ServerFixture&) = delete;
    ServerFixture& operator=(const ServerFixture&) = delete;

    void inServerThread(const std::function<void()>& call)
    {
        QMetaObject::invokeMethod(&m_home, call, Qt::BlockingQueuedConnection);
    }
    [[nodiscard]] std::uint16_t port() const noexcept { return m_port; }
    [[nodiscard]] const std::string& error() const noexcept { return m_error; }
    [[nodiscard]] Server& server() noexcept { return *m_server; }
    [[nodiscard]] const Stats& stats() const noexcept { return m_server->stats(); }

    [[nodiscard]] static Response errorResponse(Code code)
    {
        static const std::map<Code, int> STATUSES{{Code::BodyTooLarge, 413},   {Code::HeadersTooLarge, 431},
                                                  {Code::RequestTimeout, 408}, {Code::MalformedRequest, 400},
                                                  {Code::ServerBusy, 503},     {Code::Unknown, 500},
                                                  {Code::PageNotFound, 404},   {Code::MissingHeader, 401}};
        return Response::json(STATUSES.at(code), "{\"code\":" + std::to_string(static_cast<int>(code)) + "}");
    }

private:
    SystemClock m_clock;
    QThread m_thread;
    QObject m_home;
    std::unique_ptr<IoThreads> m_io;
    std::unique_ptr<Server> m_server;
    std::uint16_t m_port = 0;
    std::string m_error;
};

} // namespace iam::http
