// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/agent/agentconfig.h"
#include "cluster/agent/clusterkeysource.h"
#include "cluster/agent/signedask.h"
#include "contract/clustercodec.h"
#include <QObject>
#include <QTimer>
#include <deque>
#include <functional>
#include <mutex>
#include <set>

namespace iam::cluster {

/// What a server knows of its cluster: what the agent of its node told it last, kept in memory and growing older until
/// the agent tells something new. Needs no database. Belongs to a thread with an event loop; what says so may be called
/// from any.
class ClusterFeed : public QObject {
public:
    static constexpr std::chrono::milliseconds period{500}; ///< falls together with the agent's own looks
    static constexpr std::chrono::milliseconds timeout{1000};
    static constexpr std::chrono::milliseconds journalTimeout{2000};
    static constexpr std::size_t mostEvents = 1000;
    static constexpr std::size_t mostJournalAsks = 8;

    /// Without an address in `config` there is no cluster, and nobody is asked. `clock` outlives this.
    ClusterFeed(ClusterFeedConfig config, ClusterKeyConfig key, std::string sender, const Clock& clock);
    ~ClusterFeed() override;

    void start();

    /// As of now: ages have grown since the agent was asked. Of a server that is part of no cluster: an empty one. Any
    /// thread.
    [[nodiscard]] contract::ClusterStatus status() const;
    /// Those in memory behind `sequence`, oldest first. Any thread.
    [[nodiscard]] std::vector<contract::ClusterEvent> eventsAfter(std::uint64_t sequence) const;
    /// Those in memory that are newer than `time`, oldest first. Any thread.
    [[nodiscard]] std::vector<contract::ClusterEvent> eventsSince(TimePoint time) const;
    /// Called on the feed's thread with what is new; `anew`: the numbers began again.
    using Listener = std::function<void(const std::vector<contract::ClusterEvent>& events, bool anew)>;
    void setListener(Listener listener) { m_listener = std::move(listener); }

    /// Events of the agent's journal, by the query of its own: "from=…&limit=…". `done` is called once, on the feed's
    /// thread. Code::ServerBusy when the agent does not answer in time, or is asked too much. Any thread.
    using Page = contract::RecordPage<contract::ClusterEvent>;
    void askJournal(std::string query, std::function<void(Result<Page>)> done);

private:
    void ask();
    void heard(const SignedAnswer& answer);
    void askJournalHere(const std::string& query, std::function<void(Result<Page>)> done);

    struct JournalAsk;

    const ClusterFeedConfig m_config;
    const std::string m_sender;
    const Clock& m_clock;
    ClusterKeySource m_keys;
    SignedAsk m_ask;
    Listener m_listener;
    QTimer m_timer;
    QTimer m_keyTimer;
    std::set<std::shared_ptr<JournalAsk>> m_journalAsks;
    mutable std::mutex m_mutex; ///< guards what follows
    contract::ClusterStatus m_status;
    SteadyTime m_askedAt{};
    std::deque<contract::ClusterEvent> m_events;
    std::uint64_t m_last = 0;
};

} // namespace iam::cluster
