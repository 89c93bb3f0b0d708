// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/site.h"
#include "base/logging.h"
#include "base/randomuuid.h"
#include "base/text.h"
#include "http/ioloop.h"
#include "http/redirect.h"
#include "http/requestid.h"
#include <algorithm>
#include <exception>

namespace iam::http {

namespace {

using Steady = std::chrono::steady_clock::time_point;

constexpr const char* RETRY_AFTER_SECONDS = "1";

bool isForwarded(const Headers& headers)
{
    static constexpr std::array<std::string_view, 7> NAMES{"X-Forwarded-For",   "Forwarded",         "X-Real-IP",
                                                           "X-Forwarded-Host",  "X-Forwarded-Proto", "Via",
                                                           "X-Forwarded-Prefix"};
    return std::any_of(headers.begin(), headers.end(), [](const Headers::Field& field) {
        const int first = field.first.empty() ? 0 : field.first.front() | 0x20;
        if (first != 'x' && first != 'f' && first != 'v') return false; // nearly all of them
        return std::any_of(NAMES.begin(), NAMES.end(),
                           [&field](std::string_view name) { return text::equalIgnoringCase(field.first, name); });
    });
}

/// The part before the query, decoded; empty when it cannot be. Most paths have nothing to decode.
std::string pathOf(std::string_view target)
{
    const std::string_view path = target.substr(0, target.find('?'));
    if (path.find('%') == std::string_view::npos) return std::string(path);
    return percentDecoded(path).value_or(std::string());
}

/// The path only: a query may hold a token.
void logAccess(std::string_view id, int status, Method method, std::string_view target, const Address& client,
               double ms)
{
    const LogRequestScope scope(id);
    const std::string path(target.substr(0, std::min<std::size_t>(target.find('?'), 256)));
    const std::string address = client.toString();
    qCDebug(lcHttp, "%d %s %s %s %.3f ms", status, std::string(methodText(method)).c_str(), path.c_str(),
            address.c_str(), ms);
}

} // namespace

/// A request of a connection.
class Site::WireExchange final : public Exchange {
public:
    WireExchange(std::shared_ptr<Site> site, Origin origin, BodyLease lease)
        : Exchange(Request())
        , m_site(std::move(site))
        , m_origin(std::move(origin))
        , m_lease(std::move(lease))
    {
    }
    ~WireExchange() override
    {
        if (answered()) return;
        try {
            reply(m_site->error(Code::Unknown));
        } catch (const std::exception& thrown) {
            qCCritical(lcHttp, "a request got no answer: %s", thrown.what());
        }
    }

    void send(Response&& response) override { m_site->finish(*this, std::move(response)); }
    Request& mutableRequest() { return m_request; }

    std::shared_ptr<Site> m_site;
    Origin m_origin;
    BodyLease m_lease;
    const Route* route = nullptr; // once it counts as in flight
    Steady start;
    bool bare = false;
};

Site::Site(Router router, ServerConfig config, const Limits& limits)
    : m_router(std::move(router))
    , m_config(std::move(config))
    , m_limits(limits)
    , m_requests(m_router.routes())
{
}

Response Site::error(Code code) const
{
    Response response = m_config.errorResponse(code);
    if ((response.status == 503 || response.status == 429) && !response.headers.has("Retry-After"))
        response.headers.add("Retry-After", RETRY_AFTER_SECONDS);
    return response;
}

Answer Site::refusal(Code code, const Address& peer, bool tls)
{
    switch (code) {
    case Code::HeadersTooLarge:
        ++m_stats.refusedHeader;
        break;
    case Code::BodyTooLarge:
        ++m_stats.refusedBody;
        break;
    case Code::RequestTimeout:
        ++m_stats.refusedSlow;
        break;
    case Code::ServerBusy:
        ++m_stats.refusedBusy;
        break;
    default:
        ++m_stats.refusedMalformed;
        break;
    }
    Answer answer{error(code), randomUuid(), tls, false};
    m_requests.countRefusal(answer.response.status);
    if (lcHttp().isDebugEnabled()) logAccess(answer.requestId, answer.response.status, Method::Other, "-", peer, 0);
    return answer;
}

std::size_t Site::bodyLimit(Method method, std::string_view target) const
{
    const bool probe = m_router.limitClass(method, pathOf(target)) == LimitClass::Probe;
    return probe ? std::min(m_limits.probeBody, m_limits.body) : m_limits.body;
}

std::size_t Site::inFlightLimit(LimitClass limits) const
{
    switch (limits) {
    case LimitClass::Probe:
        break;
    case LimitClass::Normal:
        return m_limits.normalInFlight;
    case LimitClass::Login:
        return m_limits.loginInFlight;
    case LimitClass::Decision:
        return m_limits.decisionInFlight;
    }
    return std::numeric_limits<std::size_t>::max();
}

void Site::serve(Origin origin, WireRequest&& wire)
{
    const auto exchange = std::make_shared<WireExchange>(shared_from_this(), std::move(origin), std::move(wire.lease));
    exchange->start = std::chrono::steady_clock::now();
    Request& request = exchange->mutableRequest();
    request.method = wire.method;
    request.target = std::move(wire.target);
    request.headers = std::move(wire.headers);
    request.body = std::move(wire.body);
    request.peer = exchange->m_origin.peer;
    const std::string_view givenId = request.headers.value("X-Request-ID");
    request.id = isRequestId(givenId) ? std::string(givenId) : randomUuid();
    request.client = request.peer;
    request.forwarded = isForwarded(request.headers);
    request.secure = exchange->m_origin.tls;
    if (request.forwarded && trusts(request.peer)) {
        request.client = resolveClient(request.peer, request.headers.all("X-Forwarded-For"), m_config.trustedProxies);
        request.secure |= text::equalIgnoringCase(request.headers.value("X-Forwarded-Proto"), "https");
    }
    const std::string_view target = request.target;
    request.path = pathOf(target);
    if (const std::size_t question = target.find('?'); question != std::string_view::npos)
        request.query = Query::parse(target.substr(question + 1));
    if (request.path.empty()) {
        ++m_stats.refusedMalformed;
        return exchange->reply(error(Code::MalformedRequest));
    }
    run(exchange);
}

/// Runs one step of a request: its log lines carry the request id, and what it throws becomes a 500.
template <class Step>
void Site::guard(const ExchangePtr& exchange, const Step& step) const noexcept
{
    try {
        const LogRequestScope scope(exchange->request().id);
        try {
            return step();
        } catch (const std::exception& thrown) {
            qCCritical(lcHttp, "a handler failed: %s", thrown.what());
        } catch (...) {
            qCCritical(lcHttp, "a handler failed with something that is no exception");
        }
        if (!exchange->answered()) exchange->reply(error(Code::Unknown));
    } catch (...) {
        // No memory even for the error: the exchange dies unanswered, its connection does not.
    }
}

void Site::run(const std::shared_ptr<WireExchange>& exchange)
{
    Request& request = exchange->mutableRequest();
    const std::string_view sent = std::string_view(request.target).substr(0, request.target.find('?'));
    Router::Match match = m_router.find(request.method, request.path, sent);
    if (!match.otherPath.empty()) {
        exchange->bare = true;
        return exchange->reply(slashRedirect(request, match.otherPath, request.headers.value("X-Forwarded-Prefix")));
    }
    if (request.method == Method::Options && allowsOrigin(request)) {
        Response preflight{204, {}, {}, {}};
        preflight.headers.add("Access-Control-Allow-Methods", "PUT,PATCH,GET,POST,OPTIONS,DELETE");
        preflight.headers.add("Access-Control-Allow-Headers", "Origin,Authorization,Content-Type,Accept");
        preflight.headers.add("Access-Control-Max-Age", "43200");
        return exchange->reply(std::move(preflight));
    }
    request.pathParams = std::move(match.params);

    std::atomic<std::size_t>& running = m_inFlight[static_cast<std::size_t>(match.route->limits)];
    ++m_stats.inFlight;
    exchange->route = match.route;
    if (running.fetch_add(1, std::memory_order_relaxed) >= inFlightLimit(match.route->limits)) {
        ++m_stats.refusedBusy;
        return exchange->reply(error(Code::ServerBusy));
    }
    guard(exchange, [&] {
        Authenticator* authenticator = match.route->auth.authenticator();
        if (authenticator == nullptr) return match.route->handler(exchange);
        authenticator->authenticate(exchange, [exchange] {
            exchange->m_site->guard(exchange, [&exchange] { exchange->route->handler(exchange); });
        });
    });
}

bool Site::allowsOrigin(const Request& request) const
{
    if (m_config.corsOrigins.empty()) return false;
    const std::string_view origin = request.headers.value("Origin");
    if (origin.empty()) return false;
    const std::string_view host = request.headers.value("Host");
    if (origin == "http://" + std::string(host) || origin == "https://" + std::string(host)) return false;
    return std::find(m_config.corsOrigins.begin(), m_config.corsOrigins.end(), origin) != m_config.corsOrigins.end();
}

void Site::addCors(const Request& request, Response& response) const
{
    if (m_config.corsOrigins.empty()) return;
    response.headers.add("Vary", "Origin");
    if (!allowsOrigin(request)) return;
    response.headers.add("Access-Control-Allow-Origin", std::string(request.headers.value("Origin")));
    response.headers.add("Access-Control-Allow-Credentials", "true");
    if (request.method != Method::Options) response.headers.add("Access-Control-Expose-Headers", "Content-Length");
}

/// Hands on what is written to a stream. It comes behind the answer: a mailbox keeps that order.
std::function<void(std::string, bool)> Site::continuation(const Origin& origin)
{
    return [mailbox = origin.mailbox, connection = origin.connection, sequence = origin.sequence](std::string bytes,
                                                                                                  bool last) {
        static_cast<void>(mailbox->post([connection, sequence, bytes = std::move(bytes), last](IoLoop& loop) mutable {
            loop.continueBody(connection, sequence, std::move(bytes), last);
        }));
    };
}

void Site::finish(WireExchange& exchange, Response&& response)
{
    const Request& request = exchange.request();
    const bool counted = exchange.route != nullptr;
    // Real time: an exchange may live longer than what the server was given.
    const auto took = std::chrono::steady_clock::now() - exchange.start;
    m_requests.count(exchange.route, request.method, response.status, took);
    if (!exchange.bare) addCors(request, response);
    if (lcHttp().isDebugEnabled())
        logAccess(request.id, response.status, request.method, request.target, request.client,
                  std::chrono::duration<double, std::milli>(took).count());
    Answer answer{std::move(response), request.id, request.secure, exchange.bare, isDraining()};
    const std::shared_ptr<BodyStream> stream = std::exchange(answer.response.stream, nullptr);
    if (stream) answer.stream = std::make_shared<StreamLease>(stream);
    exchange.m_origin.mailbox->deliver(exchange.m_origin.connection, exchange.m_origin.sequence, std::move(answer));
    if (stream) stream->attach(continuation(exchange.m_origin));
    if (!counted) return;
    m_inFlight[static_cast<std::size_t>(exchange.route->limits)].fetch_sub(1, std::memory_order_relaxed);
    --m_stats.inFlight;
    if (isDraining()) lookIfDrained();
}

void Site::connectionClosed()
{
    --m_stats.connections;
    if (isDraining()) lookIfDrained();
}

void Site::startDraining(std::function<void()> done)
{
    {
        const std::lock_guard lock(m_drainMutex);
        m_drained = std::move(done);
    }
    m_draining.store(true);
    lookIfDrained();
}

void Site::lookIfDrained()
{
    if (m_stats.connections.load() != 0 || m_stats.inFlight.load() != 0) return;
    std::function<void()> done;
    {
        const std::lock_guard lock(m_drainMutex);
        done = std::exchange(m_drained, {});
    }
    if (done) done();
}

} // namespace iam::http
