// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clusterclient.h"
#include "base/timetext.h"
#include "client/requests.h"

namespace iam::client {

using contract::ClusterEvent;
using contract::ClusterStatus;
using EventPage = contract::RecordPage<ClusterEvent>;
using EventResult = Result<std::vector<ClusterEvent>>;

namespace {

constexpr int mostPages = 100;

/// Goes from page to page.
struct EventReading : std::enable_shared_from_this<EventReading> {
    ApiClient* api = nullptr;
    std::optional<Road> road;
    std::vector<ClusterEvent> events;
    QPromise<EventResult> promise;
    int pages = 0;

    void finish(EventResult result)
    {
        promise.addResult(std::move(result));
        promise.finish();
    }
    void read(const std::string& from)
    {
        ApiRequest request{.path = ClusterClient::eventsPath, .query = {{"from", from}}, .road = road};
        api->send(std::move(request), [self = shared_from_this()](Result<ApiAnswer> answer) {
            if (!answer) return self->finish(fail(answer));
            Result<EventPage> page = decoded(contract::decodeClusterEvents(answer->body));
            if (!page) return self->finish(fail(page));
            self->take(std::move(*page));
        });
    }
    void take(EventPage page)
    {
        events.insert(events.end(), std::make_move_iterator(page.items.begin()),
                      std::make_move_iterator(page.items.end()));
        if (events.size() > ClusterClient::mostEvents)
            events.erase(events.begin(), events.end() - ClusterClient::mostEvents);
        if (page.next.empty() || ++pages == mostPages) return finish(std::move(events));
        read(page.next);
    }
};

} // namespace

Reply<ClusterStatus> ClusterClient::status(const std::optional<Road>& road) const
{
    return m_api->call<ClusterStatus>(
        {.path = "/v1/cluster", .road = road, .timeout = clusterTimeout},
        [](const ApiAnswer& answer) { return decoded(contract::decodeClusterStatus(answer.body)); });
}

Reply<std::vector<ClusterEvent>> ClusterClient::events(TimePoint from, const std::optional<Road>& road) const
{
    auto reading = std::make_shared<EventReading>();
    reading->api = m_api;
    reading->road = road;
    reading->promise.start();
    auto future = reading->promise.future();
    reading->read(toRfc3339(from));
    return future;
}

Reply<std::string> ClusterClient::askNode(const Road& road, const std::string& nonce) const
{
    ApiRequest request{.path = "/.well-known/iam-node",
                       .query = {{"nonce", nonce}},
                       .authenticated = false,
                       .road = road,
                       .timeout = clusterTimeout,
                       .freshConnection = true};
    return m_api->call<std::string>(std::move(request),
                                    [](ApiAnswer answer) { return Result<std::string>(std::move(answer.body)); });
}

} // namespace iam::client
