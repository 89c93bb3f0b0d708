// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "client/clusterclient.h"
#include "cluster/verdict/evidencepool.h"
#include "models/clusterprobe.h"
#include "models/clusterstate.h"
#include <QTimer>
#include <functional>
#include <map>

namespace iam::models {

/// Keeps asking, as long as it runs, the server, each node at its own address, and who answers at the VIP; concludes
/// from all that what can be told, and lets it age by its own clock when nothing new comes. What it learns of the
/// cluster's nodes it keeps in the memory.
class ClusterWatch : public QObject {
    Q_OBJECT
public:
    /// The node that proved itself for that nonce (see cluster/proof), or nothing.
    using Verify = std::function<std::optional<std::string>(const std::string& body, const std::string& verifyKey,
                                                            const std::string& nonce)>;

    ClusterWatch(client::ApiClient& api, Verify verify, ClusterMemory& memory, QObject* parent = nullptr);

    void start();
    void stop();
    /// Another server or nobody: forget everything.
    void reset();
    void askNow();
    [[nodiscard]] bool running() const { return m_tick.isActive(); }
    [[nodiscard]] const ClusterState& state() const noexcept { return m_state; }
    /// To the nodes' own addresses; empty until they are known.
    [[nodiscard]] std::vector<client::Road> roads() const;

Q_SIGNALS:
    /// Something is new, or just older. A few times a second.
    void changed();
    /// The server's address, or the way to it, is another: what was shown of the cluster before is not about it.
    void clusterLearned();
    /// An interruption that this computer saw itself; see ClusterProbe.
    void interrupted(const iam::contract::ClusterEvent& event);

private:
    using Time = cluster::EvidencePool::Time;
    struct Answer {
        contract::ClusterStatus status;
        Time asked{};
    };
    void tick();
    void askServer();
    void askNodes();
    void askVip();
    void take(const std::string& source, contract::ClusterStatus status, Time asked);
    void takeProof(const std::string& word, Time asked);
    void learn(const contract::ClusterStatus& status);
    void adopt(const KnownCluster& known);
    void startProbe();
    void noteBackends(const contract::ClusterStatus& status);
    void witness(const contract::ClusterWitness& word, Time asked);
    [[nodiscard]] client::Road roadTo(const std::string& address) const;
    [[nodiscard]] bool isWitness() const;
    [[nodiscard]] const std::string* newestSource(Time now) const;
    [[nodiscard]] ClusterState conclude(Time now) const;
    void chooseVerdict(ClusterState& state, Time now) const;
    [[nodiscard]] std::string server() const;

    client::ApiClient& m_api;
    client::ClusterClient m_client;
    Verify m_verify;
    ClusterMemory& m_memory;
    SystemClock m_clock;
    ClusterProbe m_probe;
    QTimer m_tick;
    int m_ticks = 0;
    quint64 m_generation = 0; // answers of before reset() are dropped
    std::map<std::string, bool> m_asking;
    std::map<std::string, Answer> m_answers; // by the address asked; empty: the server
    std::optional<Error> m_error;            // of the server's last answer
    std::optional<KnownCluster> m_known;
    std::optional<cluster::EvidencePool> m_pool;
    int m_vipAsks = 0;
    std::optional<bool> m_vipAnswers; // the last one
    std::vector<std::string> m_backends;
    std::string m_lastOwner;
    std::optional<Time> m_lastConfirmed;
    ClusterState m_state;
};

} // namespace iam::models
