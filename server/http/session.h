// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include "http/answer.h"
#include "http/bodybudget.h"
#include "http/limits.h"
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::http {

class RequestReader;

/// A whole request as it came, before anybody looked at what it asks for.
struct WireRequest {
    Method method = Method::Other;
    std::string target;
    Headers headers;
    std::string body;
    BodyLease lease; ///< kept as long as the body
};

/// What a session asks of its owner.
class SessionEvents {
public:
    virtual ~SessionEvents() = default;
    /// The longest body that this request may have. Asked once its head is there, before the body is read; not about a
    /// body whose announced length every request may have.
    [[nodiscard]] virtual std::size_t bodyLimit(Method method, std::string_view target) = 0;
    /// A request is complete. Its answer goes to HttpSession::respond() with this number, at once or later.
    virtual void requestArrived(std::uint64_t sequence, WireRequest&& request) = 0;
    /// The answer to something that is no request the server can serve. The session closes after it.
    [[nodiscard]] virtual Answer refusal(Code code) = 0;
};

/// One HTTP/1 connection without a socket: bytes in, requests out; answers in, bytes out, in the order of the requests.
/// Refuses by RFC 9112 whatever two parties could read differently (two lengths, bare line feeds, folded lines, …).
/// Time is told by the caller. One thread; the calls may come from inside SessionEvents.
class HttpSession {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// `limits` and `events` outlive the session.
    HttpSession(const Limits& limits, std::shared_ptr<BodyBudget> bodies, SessionEvents& events, Time now);
    ~HttpSession();
    HttpSession(const HttpSession&) = delete;
    HttpSession& operator=(const HttpSession&) = delete;

    void receive(std::string_view bytes, Time now);
    /// The client will send nothing more. What it asked is still answered.
    void receiveEnd(Time now);
    /// Answers request `sequence`. An unknown number is ignored.
    void respond(std::uint64_t sequence, Answer&& answer, Time now);
    /// More of the body of that request's answer, which has a stream; `last`: all of it. An unknown number is ignored.
    void continueBody(std::uint64_t sequence, std::string&& bytes, bool last, Time now);
    /// What is to be sent; valid until the next call that is not const.
    [[nodiscard]] std::string_view output() const noexcept { return std::string_view(m_out).substr(m_outSent); }
    /// So many bytes of output() are sent.
    void sent(std::size_t bytes, Time now);
    /// Says `Connection: close` with the next answer, and is finished at once if nothing runs.
    void drain(Time now);

    /// Whether receive() wants to be called; else leave the bytes in the socket.
    [[nodiscard]] bool wantsInput() const noexcept;
    /// All is said: close the sending side, but read on until isFinished(), so that a client still sending can read
    /// its answer (RFC 9112 §9.6).
    [[nodiscard]] bool isLingering() const noexcept;
    /// The last answer was a refusal, so the client may still be sending what nobody reads.
    [[nodiscard]] bool hasRefused() const noexcept { return m_refused; }
    /// Close now.
    [[nodiscard]] bool isFinished() const noexcept { return m_finished; }
    /// Inside receive(): whoever called it looks at output() afterwards.
    [[nodiscard]] bool isBusy() const noexcept { return m_parsing; }
    /// At least one whole request has come.
    [[nodiscard]] bool isProven() const noexcept { return m_proven; }

    /// When timeOut() wants to be called, unless something happens before; nothing: it need not.
    [[nodiscard]] std::optional<Time> deadline() const;
    /// Does what is due at `now`; harmless when nothing is.
    void timeOut(Time now);
    /// Whether the client let its answer lie until the time was over.
    [[nodiscard]] bool hasStalled() const noexcept { return m_stalled; }

private:
    enum class Reading { Between, Head, Body, Stopped };
    struct Pending;

    [[nodiscard]] bool isBlocked() const noexcept;
    std::size_t parse(std::string_view bytes, Time now);
    std::size_t skipEmptyLines(std::string_view bytes);
    std::size_t parseHead(std::string_view bytes, Time now);
    std::size_t parseBody(std::string_view bytes, Time now);
    std::optional<Code> findHeadEnd(std::string_view bytes, std::size_t& end);
    void beginRequest(std::string_view head, Time now);
    void completeRequest();
    void offerContinue();
    void refuse(Code code, Time now);
    void write(const Pending& request, const Answer& answer, Time now);
    void flushReady(Time now);
    void beginStream(const Pending& request);
    void resume(Time now);
    void settle(Time now);

    const Limits& m_limits;
    SessionEvents& m_events;
    std::shared_ptr<BodyBudget> m_bodies;
    std::unique_ptr<RequestReader> m_reader; // while a request is being read; an idle connection has none
    BodyLease m_lease;
    std::string m_in;  // received, not yet parsed
    std::string m_out; // from m_outSent on: not yet sent
    std::size_t m_outSent = 0;
    std::size_t m_scanned = 0;   // head: looked through for its end
    std::size_t m_lineStart = 0; // head: where the current line begins
    std::vector<Pending> m_pending;
    std::shared_ptr<StreamLease> m_stream; // of the answer whose body goes on: the last one of the connection
    std::uint64_t m_streamSequence = 0;
    std::uint64_t m_nextSequence = 0;
    Time m_since;        // Between: idle since; Head: since its first byte
    Time m_bodyDeadline; // Body
    Time m_writeSince;   // output not empty: last progress
    Time m_lingerEnd;
    Reading m_reading = Reading::Between;
    bool m_parsing = false;
    bool m_proven = false;
    bool m_draining = false;
    bool m_continueDue = false;
    bool m_inputEnded = false;
    bool m_lingering = false;
    bool m_stalled = false;
    bool m_refused = false;
    bool m_finished = false;
};

} // namespace iam::http
