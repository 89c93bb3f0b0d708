// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/clusterroutes.h"
#include "contract/clustercodec.h"
#include "routes/eventsquery.h"
#include "routes/respond.h"
#include <charconv>

namespace iam::routes {
namespace {

/// What a client needs to go on where it was, also at another node, whose events have other numbers:
/// "<number>.<ms since 1970>.<node>".
std::string idOf(const contract::ClusterEvent& event)
{
    return std::to_string(event.sequence) + '.' + std::to_string(event.time.time_since_epoch().count()) + '.' +
           event.node;
}

std::string textOf(const contract::ClusterEvent& event)
{
    // JSON of one line, and ids and kinds without line breaks: a field cannot run into the next.
    return "id: " + idOf(event) + "\nevent: " + event.kind + "\ndata: " + contract::encodeClusterEvent(event) + "\n\n";
}

std::optional<std::int64_t> takeNumber(std::string_view& text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with('.')) text.remove_prefix(1);
    return number;
}

} // namespace

EventStreams::EventStreams(cluster::ClusterFeed& feed, const Clock& clock)
    : m_feed(feed)
    , m_clock(clock)
{
    m_feed.setListener([this](const std::vector<contract::ClusterEvent>& events, bool anew) { publish(events, anew); });
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { keepAlive(); });
    m_timer.start(beat);
}

EventStreams::~EventStreams()
{
    m_feed.setListener({});
}

std::vector<contract::ClusterEvent> EventStreams::missedSince(std::string_view lastId) const
{
    const auto sequence = takeNumber(lastId);
    if (!sequence) return {};
    const auto time = takeNumber(lastId);
    const std::string node = m_feed.status().answeredBy;
    if (time && !lastId.empty() && lastId != node) return m_feed.eventsSince(TimePoint(std::chrono::milliseconds(*time)));
    return m_feed.eventsAfter(static_cast<std::uint64_t>(*sequence));
}

std::shared_ptr<http::BodyStream> EventStreams::attach(std::string_view lastId)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_followers, [](const Follower& follower) { return !follower.stream->isOpen(); });
    if (m_followers.size() >= most) return nullptr;
    Follower follower{std::make_shared<http::BodyStream>(), 0, m_clock.steadyNow() + longest};
    follower.stream->write(": events of the cluster\nretry: 1000\n\n");
    for (const contract::ClusterEvent& event : missedSince(lastId)) {
        follower.stream->write(textOf(event));
        follower.last = event.sequence;
    }
    m_followers.push_back(follower);
    return follower.stream;
}

void EventStreams::publish(const std::vector<contract::ClusterEvent>& events, bool anew)
{
    const std::lock_guard lock(m_mutex);
    for (Follower& follower : m_followers) {
        if (anew) follower.last = 0;
        for (const contract::ClusterEvent& event : events) {
            if (event.sequence <= follower.last) continue;
            follower.last = event.sequence;
            follower.stream->write(textOf(event));
        }
    }
}

void EventStreams::keepAlive()
{
    const std::lock_guard lock(m_mutex);
    const auto now = m_clock.steadyNow();
    std::erase_if(m_followers, [now](const Follower& follower) {
        if (now >= follower.until) follower.stream->end();
        return !follower.stream->write(":\n\n");
    });
}

std::vector<http::Route> clusterRoutes(cluster::ClusterFeed& feed, EventStreams& streams, const http::Auth& login)
{
    using enum http::Method;
    using enum http::LimitClass;
    const auto follow = [&streams](const http::ExchangePtr& exchange) {
        http::Response response = okResponse({});
        response.stream = streams.attach(exchange->request().headers.value("Last-Event-ID"));
        if (!response.stream) return exchange->reply(errorResponse(Error{Code::ServerBusy, "too many follow", {}}));
        response.contentType = "text/event-stream";
        response.headers.add("X-Accel-Buffering", "no"); // nginx hands each event on at once
        exchange->reply(std::move(response));
    };
    const auto readJournal = [&feed](const http::ExchangePtr& exchange) {
        const auto query = parseEventsQuery(exchange->request().query);
        if (!query) return exchange->reply(errorResponse(query.error()));
        feed.askJournal(toText(*query), [exchange](const Result<cluster::ClusterFeed::Page>& page) {
            exchange->reply(listResponse(page, contract::encodeClusterEvents));
        });
    };
    return {
        {Get, "/v1/cluster", login, Normal,
         [&feed](const http::ExchangePtr& exchange) {
             exchange->reply(okResponse(contract::encodeClusterStatus(feed.status())));
         }},
        {Get, "/v1/cluster/events", login, Normal,
         [follow, readJournal](const http::ExchangePtr& exchange) {
             const bool past = exchange->request().query.find("from") != nullptr;
             past ? readJournal(exchange) : follow(exchange);
         }},
    };
}

} // namespace iam::routes
