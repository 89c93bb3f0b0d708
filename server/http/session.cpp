// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/session.h"
#include "base/text.h"
#include "http/requestreader.h"
#include <algorithm>
#include <cstring>
#include <limits>

namespace iam::http {

namespace {

constexpr std::string_view CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::chrono::milliseconds DRAIN_LINGER{500}; // who knows that we go hears it soon, or not at all
constexpr std::size_t KEPT_BUFFER = 1024;              // an idle connection keeps no larger buffer

bool isTokenCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isHost(std::string_view host)
{
    return std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("-._~!$&'()*+,;=:[]%").find(c) != std::string_view::npos;
    });
}

bool isDigits(std::string_view digits)
{
    return !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What Beast lets pass and we do not: a head must mean the same to us and to any proxy before us.
bool isSound(const RequestReader& reader, bool minorOne)
{
    const Headers& headers = reader.headers;
    const bool originForm = reader.target.starts_with('/');
    if (!originForm && !(reader.target == "*" && reader.methodName == "OPTIONS")) return false;
    std::size_t hosts = 0;
    std::size_t lengths = 0;
    std::size_t codings = 0;
    for (const auto& [name, value] : headers) {
        if (text::equalIgnoringCase(name, "Host")) {
            if (++hosts > 1 || !isHost(value)) return false;
        } else if (text::equalIgnoringCase(name, "Content-Length")) {
            if (++lengths > 1 || !isDigits(value)) return false;
        } else if (text::equalIgnoringCase(name, "Transfer-Encoding")) {
            if (++codings > 1 || !text::equalIgnoringCase(value, "chunked")) return false;
        }
    }
    if (hosts == 0 && minorOne) return false;
    return codings == 0 || (lengths == 0 && minorOne);
}

} // namespace

/// A request that is not yet answered, or whose answer waits for those before it.
struct HttpSession::Pending {
    std::uint64_t sequence = 0;
    bool head = false;
    bool keepAlive = false;
    std::optional<Answer> answer;
};

HttpSession::HttpSession(const Limits& limits, std::shared_ptr<BodyBudget> bodies, SessionEvents& events, Time now)
    : m_limits(limits)
    , m_events(events)
    , m_bodies(std::move(bodies))
    , m_since(now)
{
}

HttpSession::~HttpSession() = default;

bool HttpSession::isBlocked() const noexcept
{
    return m_pending.size() >= m_limits.pipeline || m_out.size() - m_outSent > m_limits.outBuffer;
}

bool HttpSession::wantsInput() const noexcept
{
    if (m_inputEnded || m_finished) return false;
    return m_reading == Reading::Body || m_reading == Reading::Stopped || !isBlocked();
}

bool HttpSession::isLingering() const noexcept
{
    return m_lingering && !m_finished;
}

void HttpSession::receive(std::string_view bytes, Time now)
{
    if (m_reading == Reading::Stopped || m_finished) return; // read only so that our last answer arrives
    if (m_in.empty()) {
        const std::size_t used = parse(bytes, now);
        if (used < bytes.size() && m_reading != Reading::Stopped) m_in.assign(bytes.substr(used));
    } else {
        m_in.append(bytes);
        resume(now);
    }
    settle(now);
}

void HttpSession::receiveEnd(Time now)
{
    m_inputEnded = true;
    settle(now);
}

/// Parses what waits in m_in, if it may.
void HttpSession::resume(Time now)
{
    if (m_parsing || m_in.empty() || m_reading == Reading::Stopped) return;
    const std::size_t used = parse(m_in, now);
    if (m_reading == Reading::Stopped || used == m_in.size())
        m_in = {};
    else
        m_in.erase(0, used);
}

std::size_t HttpSession::parse(std::string_view bytes, Time now)
{
    m_parsing = true;
    std::size_t used = 0;
    for (bool more = true; more && used < bytes.size();) {
        const std::string_view rest = bytes.substr(used);
        const Reading before = m_reading;
        std::size_t step = 0;
        switch (m_reading) {
        case Reading::Between:
            if (isBlocked()) {
                more = false;
                break;
            }
            step = skipEmptyLines(rest);
            if (step == 0 && rest == "\r") { // perhaps half of an empty line
                more = false;
            } else if (step == 0) {
                m_reading = Reading::Head;
                if (m_proven) m_since = now; // the first request's time runs since the connection was made
                m_scanned = m_lineStart = 0;
            }
            break;
        case Reading::Head:
            step = parseHead(rest, now);
            break;
        case Reading::Body:
            step = parseBody(rest, now);
            break;
        case Reading::Stopped:
            step = rest.size();
            break;
        }
        used += step;
        more = more && (step > 0 || m_reading != before);
    }
    m_parsing = false;
    return used;
}

/// Empty lines before a request line are to be ignored (RFC 9112 §2.2).
std::size_t HttpSession::skipEmptyLines(std::string_view bytes)
{
    std::size_t used = 0;
    while (used < 4 && bytes.substr(used).starts_with("\r\n")) used += 2;
    return used;
}

std::optional<Code> HttpSession::findHeadEnd(std::string_view bytes, std::size_t& end)
{
    end = 0;
    if (!isTokenCharacter(bytes.front()) && bytes.front() != '\r') return Code::MalformedRequest;
    while (m_scanned < bytes.size()) {
        const void* found = std::memchr(bytes.data() + m_scanned, '\n', bytes.size() - m_scanned);
        if (found == nullptr) {
            m_scanned = bytes.size();
            break;
        }
        const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        if (at >= m_limits.header) return Code::HeadersTooLarge;
        if (at == m_lineStart || bytes[at - 1] != '\r') return Code::MalformedRequest;
        const std::string_view line = bytes.substr(m_lineStart, at - 1 - m_lineStart);
        if (line.find('\r') != std::string_view::npos) return Code::MalformedRequest;
        if (m_lineStart == 0) {
            if (!line.ends_with(" HTTP/1.1") && !line.ends_with(" HTTP/1.0")) return Code::MalformedRequest;
        } else if (line.empty()) {
            end = at + 1;
            return std::nullopt;
        } else if (line.front() == ' ' || line.front() == '\t') {
            return Code::MalformedRequest; // obs-fold (RFC 9112 §5.2)
        }
        m_scanned = m_lineStart = at + 1;
    }
    if (bytes.size() >= m_limits.header) return Code::HeadersTooLarge;
    return std::nullopt;
}

std::size_t HttpSession::parseHead(std::string_view bytes, Time now)
{
    std::size_t end = 0;
    if (const auto refused = findHeadEnd(bytes, end)) {
        refuse(*refused, now);
        return bytes.size();
    }
    if (end > 0) beginRequest(bytes.substr(0, end), now);
    return m_reading == Reading::Stopped ? bytes.size() : end;
}

void HttpSession::beginRequest(std::string_view head, Time now)
{
    m_reader = std::make_unique<RequestReader>();
    m_reader->header_limit(static_cast<std::uint32_t>(head.size() + 1));
    m_reader->body_limit(std::numeric_limits<std::uint64_t>::max()); // ours is asked for below
    boost::beast::error_code error;
    const std::size_t used = m_reader->put({head.data(), head.size()}, error);
    if (error || used != head.size() || !m_reader->is_header_done()) return refuse(Code::MalformedRequest, now);
    const bool minorOne = head.substr(0, head.find('\r')).ends_with('1');
    if (!isSound(*m_reader, minorOne)) return refuse(Code::MalformedRequest, now);

    const std::string_view expect = m_reader->headers.value("Expect");
    const bool wantsContinue = minorOne && text::equalIgnoringCase(expect, "100-continue");
    if (minorOne && !expect.empty() && !wantsContinue) return refuse(Code::MalformedRequest, now);
    if (m_reader->is_done()) return completeRequest();

    const auto announced = m_reader->content_length();
    const std::uint64_t length = announced.value_or(0);
    const std::size_t least = std::min(m_limits.probeBody, m_limits.body);
    const bool small = announced && length <= least; // whatever is asked for may have it
    const std::size_t limit =
        small ? least : m_events.bodyLimit(methodFromText(m_reader->methodName), m_reader->target);
    if (length > limit) return refuse(Code::BodyTooLarge, now);
    if (wantsContinue && !m_bodies->hasRoom(static_cast<std::size_t>(length))) return refuse(Code::ServerBusy, now);
    m_reader->body_limit(limit);
    m_lease = BodyLease(m_bodies);
    m_continueDue = wantsContinue;
    m_bodyDeadline = now + m_limits.bodyGrace;
    m_reading = Reading::Body;
}

std::size_t HttpSession::parseBody(std::string_view bytes, Time now)
{
    m_continueDue = false; // the client did not wait for it
    const std::size_t before = m_reader->body.size();
    boost::beast::error_code error;
    const std::size_t used = m_reader->put({bytes.data(), bytes.size()}, error);
    if (error == boost::beast::http::error::need_more) error = {};
    if (error == boost::beast::http::error::body_limit) {
        refuse(Code::BodyTooLarge, now);
    } else if (error) {
        refuse(Code::MalformedRequest, now);
    } else if (!m_lease.grow(m_reader->body.size() - before)) {
        refuse(Code::ServerBusy, now);
    } else if (m_reader->is_done()) {
        completeRequest();
    } else if (bytes.size() - used > m_limits.header) {
        refuse(Code::MalformedRequest, now); // chunk extension or trailer without an end
    } else if (used > 0) {
        const auto earned = std::chrono::nanoseconds(std::chrono::seconds(1)) * used / m_limits.bodyRate;
        m_bodyDeadline = std::min<Time>(m_bodyDeadline + earned, now + m_limits.bodyGrace);
    }
    return m_reading == Reading::Stopped ? bytes.size() : used;
}

void HttpSession::completeRequest()
{
    const std::uint64_t sequence = m_nextSequence++;
    WireRequest request;
    request.method = methodFromText(m_reader->methodName);
    request.target = std::move(m_reader->target);
    request.headers = std::move(m_reader->headers);
    request.body = std::move(m_reader->body);
    request.lease = std::move(m_lease);
    const bool keepAlive = m_reader->keep_alive();
    m_pending.push_back({sequence, request.method == Method::Head, keepAlive, std::nullopt});
    m_reader.reset();
    m_reading = keepAlive ? Reading::Between : Reading::Stopped;
    m_proven = true;
    m_events.requestArrived(sequence, std::move(request));
}

/// Sends "100 Continue" when the client waits for it and all earlier answers are out.
void HttpSession::offerContinue()
{
    if (!m_continueDue || m_reading != Reading::Body || !m_pending.empty()) return;
    m_continueDue = false;
    m_out.append(CONTINUE);
}

void HttpSession::refuse(Code code, Time now)
{
    m_reader.reset();
    m_lease = {};
    m_continueDue = false;
    m_refused = true;
    m_reading = Reading::Stopped;
    m_pending.push_back({m_nextSequence++, false, false, m_events.refusal(code)});
    flushReady(now);
}

void HttpSession::respond(std::uint64_t sequence, Answer&& answer, Time now)
{
    const auto request = std::find_if(m_pending.begin(), m_pending.end(),
                                      [sequence](const Pending& pending) { return pending.sequence == sequence; });
    if (request == m_pending.end() || request->answer) return;
    m_draining |= answer.last;
    if (m_pending.size() == 1 && !answer.stream) { // nearly always: it is written where it is
        write(*request, answer, now);
        m_pending.clear();
        m_since = now;
    } else {
        request->answer = std::move(answer);
        flushReady(now);
    }
    if (m_parsing) return; // whoever parses goes on
    resume(now);
    settle(now);
}

void HttpSession::write(const Pending& request, const Answer& answer, Time now)
{
    const bool last = m_draining && m_pending.size() == 1 && m_reading == Reading::Between;
    const bool keepAlive = request.keepAlive && !last && !answer.stream;
    if (m_out.size() == m_outSent) m_writeSince = now;
    appendAnswer(m_out, answer, request.head, keepAlive);
    if (!keepAlive) m_reading = Reading::Stopped;
}

void HttpSession::flushReady(Time now)
{
    std::size_t done = 0;
    while (done < m_pending.size() && m_pending[done].answer) {
        write(m_pending[done], *m_pending[done].answer, now);
        if (m_pending[done].answer->stream) {
            beginStream(m_pending[done]);
            done = m_pending.size(); // what was asked behind it is not answered: "Connection: close" says so
            break;
        }
        ++done;
    }
    m_pending.erase(m_pending.begin(), m_pending.begin() + static_cast<std::ptrdiff_t>(done));
    if (done > 0 && m_pending.empty()) m_since = now;
}

void HttpSession::beginStream(const Pending& request)
{
    if (request.head) return;
    m_streamSequence = request.sequence;
    m_stream = request.answer->stream;
}

void HttpSession::continueBody(std::uint64_t sequence, std::string&& bytes, bool last, Time now)
{
    if (m_stream && m_streamSequence == sequence) {
        if (m_out.size() == m_outSent) m_writeSince = now;
        m_out.append(bytes);
        if (m_out.size() - m_outSent > m_limits.streamBuffer) m_stalled = m_finished = true;
        if (last || m_finished) m_stream.reset();
        return settle(now);
    }
    const auto request = std::find_if(m_pending.begin(), m_pending.end(),
                                      [sequence](const Pending& pending) { return pending.sequence == sequence; });
    if (request == m_pending.end() || !request->answer) return;
    // Its answer waits for those before it.
    std::string& body = request->answer->response.body;
    body.append(bytes);
    if (last) request->answer->stream.reset();
    if (body.size() > m_limits.streamBuffer) m_stalled = m_finished = true;
}

void HttpSession::sent(std::size_t bytes, Time now)
{
    const bool wasBlocked = isBlocked();
    m_outSent += bytes;
    m_writeSince = now;
    if (m_outSent == m_out.size()) {
        m_outSent = 0;
        if (m_out.capacity() > KEPT_BUFFER)
            m_out = {};
        else
            m_out.clear();
    } else if (m_outSent > m_limits.outBuffer) {
        m_out.erase(0, m_outSent);
        m_outSent = 0;
    }
    if (wasBlocked && !isBlocked()) {
        if (m_reading == Reading::Head) m_since = now; // the pause was ours
        resume(now);
    }
    settle(now);
}

void HttpSession::drain(Time now)
{
    m_draining = true;
    settle(now);
}

/// Finds out whether this connection has come to an end.
void HttpSession::settle(Time now)
{
    offerContinue();
    if (m_stream) {
        if (m_inputEnded) m_finished = true; // nobody listens any more
        if (!m_inputEnded && !m_draining) return;
        m_stream.reset();
    }
    if (m_finished || !m_pending.empty() || m_out.size() != m_outSent) return;
    if (m_pending.capacity() > 2) m_pending = {};
    if (m_reading == Reading::Stopped) {
        m_in = {};
        if (m_inputEnded)
            m_finished = true;
        else if (!m_lingering)
            m_lingerEnd =
                now + (m_draining && !m_refused ? std::min(DRAIN_LINGER, m_limits.lingerTime) : m_limits.lingerTime);
        m_lingering = true;
        return;
    }
    if (m_inputEnded || (m_draining && m_reading == Reading::Between && m_in.empty()))
        m_finished = true;
    else if (m_in.empty())
        m_in = {};
}

std::optional<HttpSession::Time> HttpSession::deadline() const
{
    if (m_finished) return std::nullopt;
    std::optional<Time> due;
    const auto consider = [&due](Time time) { due = due ? std::min(*due, time) : time; };
    const bool unsent = m_out.size() != m_outSent;
    if (unsent) consider(m_writeSince + m_limits.writeStall);
    if (m_lingering) consider(m_lingerEnd);
    switch (m_reading) {
    case Reading::Between:
        if (m_pending.empty() && !unsent) consider(m_since + (m_proven ? m_limits.idleTime : m_limits.headerTime));
        break;
    case Reading::Head:
        if (!isBlocked()) consider(m_since + m_limits.headerTime);
        break;
    case Reading::Body:
        consider(m_bodyDeadline);
        break;
    case Reading::Stopped:
        break;
    }
    return due;
}

void HttpSession::timeOut(Time now)
{
    if (m_finished) return;
    if (m_out.size() != m_outSent && now >= m_writeSince + m_limits.writeStall) {
        m_stalled = m_finished = true;
    } else if (m_lingering && now >= m_lingerEnd) {
        m_finished = true;
    } else if (const auto due = deadline(); due && now >= *due) {
        if (m_reading == Reading::Between)
            m_finished = true; // nobody asked anything
        else
            refuse(Code::RequestTimeout, now);
    }
    settle(now);
}

} // namespace iam::http
