// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server.h"
#include "base/logging.h"
#include "http/bell.h"
#include "http/connection.h"
#include "http/ioloop.h"
#include "http/listener.h"
#include "http/site.h"
#include "http/tlsfiles.h"
#include <QHostAddress>
#include <QSslConfiguration>
#include <QTimer>
#include <latch>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <tuple>

namespace iam::http {

namespace {

std::string shown(const std::string& address, std::uint16_t port)
{
    const bool v6 = address.find(':') != std::string::npos;
    return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

} // namespace

class Server::Private {
public:
    Private(IoThreads& ioThreads, Router router, ServerConfig config)
        : threads(ioThreads)
        , site(std::make_shared<Site>(std::move(router), std::move(config), ioThreads.m_limits))
    {
    }

    Result<std::uint16_t> listen(const std::string& address, std::uint16_t port,
                                 std::shared_ptr<const QSslConfiguration> tls);
    void accepted(int descriptor, const std::shared_ptr<const QSslConfiguration>& tls);
    void onEveryThread(const std::function<void(IoLoop&)>& command);
    void closeConnections();
    void endDrain();

    IoThreads& threads;
    const std::shared_ptr<Site> site;
    std::vector<std::unique_ptr<Listener>> listeners;
    std::vector<std::string> urls;
    std::size_t nextThread = 0;

    std::function<void()> drained;
    bool drainEnded = false;
    const std::shared_ptr<Bell> bell = std::make_shared<Bell>();
};

Result<std::uint16_t> Server::Private::listen(const std::string& address, std::uint16_t port,
                                              std::shared_ptr<const QSslConfiguration> tls)
{
    const QHostAddress host(QString::fromStdString(address));
    const std::string where = site->config().name + ": cannot listen on " + shown(address, port) + ": ";
    if (host.isNull()) return fail(Code::Unknown, where + "this is not an IP address");
    const bool secure = tls != nullptr;
    auto listener = std::make_unique<Listener>(
        [this, tls = std::move(tls)](int descriptor) { accepted(descriptor, tls); }, site->stats());
    if (const auto reason = listener->listen(host, port)) return fail(Code::Unknown, where + *reason);
    const std::uint16_t bound = listener->port();
    urls.push_back((secure ? "https://" : "http://") + shown(address, bound));
    listeners.push_back(std::move(listener));
    return bound;
}

void Server::Private::accepted(int descriptor, const std::shared_ptr<const QSslConfiguration>& tls)
{
    auto newcomer = std::make_shared<Newcomer>();
    newcomer->descriptor = descriptor;
    sockaddr_storage socket{};
    socklen_t size = sizeof socket;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&socket), &size) != 0) return; // gone already
    const int on = 1; // answers go out whole, nothing is gained by waiting for more
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ++site->stats().accepted;
    newcomer->peer = Address::fromSocket(socket);
    newcomer->id = threads.nextConnection();
    newcomer->tls = tls;
    const auto& mailbox = threads.m_mailboxes[nextThread++ % threads.m_mailboxes.size()];
    const auto evict = [mailbox, id = newcomer->id] {
        std::ignore = mailbox->post([id](IoLoop& loop) { loop.evict(id); });
    };
    newcomer->ticket = Admission::admit(threads.m_admission, newcomer->peer, site->trusts(newcomer->peer), evict);
    if (!newcomer->ticket) {
        ++site->stats().refusedConnections;
        return;
    }
    newcomer->join(site);
    std::ignore = mailbox->post([newcomer](IoLoop& loop) { loop.adopt(*newcomer); });
}

void Server::Private::onEveryThread(const std::function<void(IoLoop&)>& command)
{
    for (const auto& mailbox : threads.m_mailboxes) std::ignore = mailbox->post(command);
}

void Server::Private::closeConnections()
{
    std::latch closed(static_cast<std::ptrdiff_t>(threads.m_mailboxes.size()));
    for (const auto& mailbox : threads.m_mailboxes) {
        const bool posted = mailbox->post([this, &closed](IoLoop& loop) {
            loop.closeAll(*site);
            closed.count_down();
        });
        if (!posted) closed.count_down();
    }
    threads.runPostedHere();
    closed.wait();
}

Server::Server(IoThreads& threads, Router router, ServerConfig config)
    : m_private(std::make_unique<Private>(threads, std::move(router), std::move(config)))
{
}

Server::~Server()
{
    m_private->bell->mute();
    m_private->listeners.clear();
    m_private->closeConnections();
}

Result<std::uint16_t> Server::listen(const std::string& address, std::uint16_t port)
{
    return m_private->listen(address, port, nullptr);
}

Result<std::uint16_t> Server::listenTls(const std::string& address, std::uint16_t port, const TlsFiles& files)
{
    auto tls = loadTls(files);
    if (!tls) return fail(Code::Unknown, m_private->site->config().name + ": " + tls.error().detail);
    return m_private->listen(address, port, std::move(*tls));
}

const std::vector<std::string>& Server::urls() const noexcept
{
    return m_private->urls;
}

const Stats& Server::stats() const noexcept
{
    return m_private->site->stats();
}

const std::string& Server::name() const noexcept
{
    return m_private->site->config().name;
}

RequestReading Server::requests() const
{
    return m_private->site->requests().read();
}

void Server::drain(std::chrono::milliseconds within, std::function<void()> drained)
{
    Private& self = *m_private;
    if (self.site->isDraining()) return;
    self.listeners.clear();
    self.drained = std::move(drained);
    // Called from any thread, and perhaps when we are gone.
    self.site->startDraining([bell = self.bell, &self] { bell->ring([&self] { self.endDrain(); }); });
    self.onEveryThread([site = self.site](IoLoop& loop) { loop.drain(*site); });
    QTimer::singleShot(within, self.bell->context(), [&self] {
        if (self.drainEnded) return;
        qCWarning(lcHttp, "%s: %llu connections are closed before they were done", self.site->config().name.c_str(),
                  static_cast<unsigned long long>(self.site->stats().connections.load()));
        self.closeConnections();
        self.endDrain();
    });
}

void Server::Private::endDrain()
{
    if (std::exchange(drainEnded, true)) return;
    if (const auto call = std::exchange(drained, {})) call();
}

} // namespace iam::http
