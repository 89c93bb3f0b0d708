// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/agent/clusterfeed.h"
#include "http/bodystream.h"
#include "http/router.h"
#include <QTimer>
#include <memory>
#include <mutex>

namespace iam::routes {

/// The clients that follow a cluster's events (server-sent events, HTML standard §9.2). Every 15 s each hears something;
/// after ten minutes a stream ends, and whoever comes again has to be let in again: who may not any more is gone by
/// then. Belongs to the feed's thread; attach() may be called from any.
class EventStreams {
public:
    static constexpr std::chrono::seconds beat{15};
    static constexpr std::chrono::minutes longest{10};
    static constexpr std::size_t most = 256;

    /// `feed` and `clock` outlive this.
    EventStreams(cluster::ClusterFeed& feed, const Clock& clock);
    ~EventStreams();

    /// A stream that begins with the events behind `lastId`, as a client got it; with new ones when that is empty or no
    /// id. Null when there are too many.
    [[nodiscard]] std::shared_ptr<http::BodyStream> attach(std::string_view lastId);

private:
    struct Follower {
        std::shared_ptr<http::BodyStream> stream;
        std::uint64_t last = 0; ///< that was sent
        std::chrono::steady_clock::time_point until;
    };
    void publish(const std::vector<contract::ClusterEvent>& events, bool anew);
    void keepAlive();
    [[nodiscard]] std::vector<contract::ClusterEvent> missedSince(std::string_view lastId) const;

    cluster::ClusterFeed& m_feed;
    const Clock& m_clock;
    QTimer m_timer;
    std::mutex m_mutex; ///< guards what follows
    std::vector<Follower> m_followers;
};

/// GET /v1/cluster and /v1/cluster/events, for everybody who is signed in; from memory, whatever the database does.
[[nodiscard]] std::vector<http::Route> clusterRoutes(cluster::ClusterFeed& feed, EventStreams& streams,
                                                     const http::Auth& login);

} // namespace iam::routes
