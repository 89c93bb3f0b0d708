// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/admission.h"
#include "http/session.h"
#include "http/site.h"
#include <cstdint>
#include <memory>
#include <optional>

class QSslConfiguration;

namespace iam::http {

class IoLoop;

/// A socket that was accepted, on its way to its I/O thread.
struct Newcomer {
    Newcomer() = default;
    /// Closes the socket unless somebody took it over.
    ~Newcomer();
    Newcomer(const Newcomer&) = delete;
    Newcomer& operator=(const Newcomer&) = delete;

    /// From now on it counts as one of the site's connections.
    void join(const std::shared_ptr<Site>& joined);

    int descriptor = -1; ///< owned
    std::uint64_t id = 0;
    Address peer;
    std::shared_ptr<Site> site;
    Admission::TicketPtr ticket;
    std::shared_ptr<const QSslConfiguration> tls; ///< null: plaintext
};

/// One connection: a session and its socket. Lives in one I/O thread.
class Connection : public SessionEvents {
public:
    Connection(IoLoop& loop, Newcomer& newcomer, HttpSession::Time now);
    ~Connection() override;

    [[nodiscard]] std::uint64_t id() const noexcept { return m_id; }
    [[nodiscard]] const Site& site() const noexcept { return *m_site; }
    [[nodiscard]] Stats& statistics() noexcept { return m_site->stats(); }
    [[nodiscard]] HttpSession& session() noexcept { return m_session; }
    /// When onTime() wants to be called.
    [[nodiscard]] std::optional<HttpSession::Time> deadline() const;
    void onTime(HttpSession::Time now);
    void drain(HttpSession::Time now);

    /// The socket can be read or written (epoll's events): reads. pump() is called behind it.
    virtual void onSocket(std::uint32_t events, HttpSession::Time now) = 0;
    /// Moves on what the session has to say, and brings the interest in the socket up to date.
    virtual void pump(HttpSession::Time now) = 0;
    /// To be destroyed by whoever sees it.
    [[nodiscard]] bool isOver() const noexcept { return m_broken || m_session.isFinished(); }

    std::optional<HttpSession::Time> wakeAt; ///< the loop's: when the timer wheel will call

protected:
    /// Gives received bytes to the session.
    void take(std::string_view bytes, HttpSession::Time now);

    std::size_t bodyLimit(Method method, std::string_view target) final;
    void requestArrived(std::uint64_t sequence, WireRequest&& request) final;
    Answer refusal(Code code) final;

    IoLoop& m_loop;
    const std::uint64_t m_id;
    const std::shared_ptr<Site> m_site;
    const Address m_peer;
    Admission::TicketPtr m_ticket;
    std::optional<HttpSession::Time> m_probationEnd;
    const bool m_tls;
    bool m_broken = false;
    HttpSession m_session;
};

/// A connection without TLS: recv and send by itself, woken by the loop's epoll.
class PlainConnection final : public Connection {
public:
    PlainConnection(IoLoop& loop, Newcomer& newcomer, HttpSession::Time now);
    ~PlainConnection() override;

    void onSocket(std::uint32_t events, HttpSession::Time now) override;
    void pump(HttpSession::Time now) override;

private:
    void readSome(bool toTheEnd, HttpSession::Time now);
    void writeSome(HttpSession::Time now);
    void watch(int operation, std::uint32_t interest);

    const int m_descriptor;
    std::uint32_t m_interest = 0;
    bool m_sendingClosed = false;
};

} // namespace iam::http
