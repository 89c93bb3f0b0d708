// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/timetext.h"
#include "cluster/proof/nodeproof.h"
#include "contract/clustercodec.h"
#include "support/httpstandin.h"
#include <QSet>
#include <QUrlQuery>

namespace iam::support {

/// A cluster of two nodes and two to eight backends that answers like real ones at addresses of their own
/// (127.0.4.20, .21, the VIP .99), in a state that the test chooses. Runs in the test's thread.
class ExampleCluster {
public:
    enum class Scene { Good, Double, Disputed, None, Unknown, NodeDown, AppDown, DatabaseDown, Alone };

    static constexpr const char* vip = "127.0.4.99";

    explicit ExampleCluster(int backends = 2)
        : m_server(QHostAddress(QHostAddress::AnyIPv4))
        , m_keys(*cluster::ProofKeys::derive({SecretString("a key for the example only, 32 bytes")}))
        , m_backends(backends)
    {
        m_server.handler = [this](const StandInRequest& request) { return answer(request); };
        addHistory();
    }

    [[nodiscard]] HttpStandIn& server() { return m_server; }
    /// Through the VIP, as clients do.
    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://%1:%2").arg(QString::fromLatin1(vip)).arg(m_server.serverPort()));
    }

    [[nodiscard]] int backends() const { return m_backends; }

    Scene scene = Scene::Good;
    bool forges = false;  ///< somebody else answers at the VIP, without the cluster's key
    QSet<QString> silent; ///< addresses that take requests and never answer
    std::vector<contract::ClusterEvent> events;

    /// To every open event stream.
    void send(const contract::ClusterEvent& event)
    {
        events.push_back(event);
        for (const auto& stream : std::as_const(m_streams))
            if (stream) stream->write(eventBytes(event));
    }
    [[nodiscard]] int openStreams() const
    {
        int open = 0;
        for (const auto& stream : m_streams)
            if (stream && stream->state() == QAbstractSocket::ConnectedState) ++open;
        return open;
    }
    void cutStreams()
    {
        for (const auto& stream : std::exchange(m_streams, {}))
            if (stream) stream->abort();
    }
    [[nodiscard]] contract::ClusterEvent makeMove(const std::string& from, const std::string& to,
                                                  const std::string& cause, std::chrono::milliseconds ago)
    {
        contract::ClusterEvent event;
        event.sequence = ++m_sequence;
        event.time = m_clock.now() - ago;
        event.node = to;
        event.kind = "transition";
        event.from = from;
        event.to = to;
        event.cause = cause;
        event.evidence = {{"nginx", from, "silent", "", Age(640), Age(480)},
                          {"vrrp", from, "FAULT", "", Age(300), Age(300)},
                          {"vrrp", to, "MASTER", "", Age(120), Age(120)},
                          {"address", to, "held", "", Age(110), Age(110)}};
        event.interruption = std::chrono::milliseconds(460);
        event.error = std::chrono::milliseconds(110);
        return event;
    }

private:
    using Age = contract::Age;

    [[nodiscard]] std::optional<Age> since(int base) const
    {
        return Age(base) + std::chrono::duration_cast<Age>(m_clock.steadyNow() - m_started);
    }
    [[nodiscard]] contract::ClusterWitness word(const char* what, const char* node, const char* says, int age,
                                                int sinceBase = 11'105'000) const
    {
        return {what, node, says, {}, Age(age), since(sinceBase)};
    }
    void addWitnesses(contract::ClusterVip& out) const
    {
        const bool both = scene == Scene::Double;
        const bool nobody = scene == Scene::None;
        const bool quiet = scene == Scene::Unknown || scene == Scene::NodeDown;
        const int lost = quiet ? 14'200 : 180;
        out.witnesses = {word("address", "n1", nobody ? "absent" : "held", 90),
                         word("address", "n2", both ? "held" : "absent", lost),
                         word("vrrp", "n1",
                              nobody ? "FAULT"
                              : both ? "BACKUP"
                                     : "MASTER",
                              90),
                         word("vrrp", "n2",
                              nobody ? "FAULT"
                              : both ? "MASTER"
                                     : "BACKUP",
                              lost),
                         word("vip-answer", "n2",
                              nobody                     ? "none"
                              : scene == Scene::Disputed ? "n2"
                                                         : "n1",
                              quiet ? 14'300 : 340)};
        using V = contract::VipVerdict;
        out.verdict = both                       ? V::Double
                      : nobody                   ? V::None
                      : scene == Scene::Disputed ? V::Disputed
                      : quiet                    ? V::Unknown
                                                 : V::Confirmed;
        out.owner = out.verdict == V::Confirmed ? "n1" : "";
        out.reason = "made for the example";
    }
    [[nodiscard]] contract::NodeService service(const char* name, int number, double rate) const
    {
        contract::NodeService out{name,         true, Age(200 + number * 30), rate, 1.4 + number * 0.1,
                                  7.8 + number, 3U,   1.0 / m_backends};
        if (scene == Scene::AppDown && number == 2 && out.name == "apiserver") {
            out.healthy = false;
            out.requestsPerSecond = 0;
            out.share = 0;
        }
        return out;
    }
    [[nodiscard]] contract::ClusterNode node(int number, bool owner) const
    {
        contract::ClusterNode out;
        const bool lost = number == 2 && (scene == Scene::NodeDown || scene == Scene::Unknown);
        out.name = "n" + std::to_string(number);
        out.address = "127.0.4." + std::to_string(19 + number);
        out.reachable = !lost;
        out.age = Age(lost ? 14'200 : 90 * number);
        out.clockOffset = std::chrono::milliseconds(number == 1 ? 0 : -3);
        if (lost) return out.vrrp.age = out.nginx.age = out.age, out;
        const bool nobody = scene == Scene::None;
        out.vrrp = {nobody ? "FAULT" : owner ? "MASTER" : "BACKUP", m_clock.now() - *since(11'105'000), Age(90)};
        out.nginx = {nobody ? "silent" : "answers", Age(110), owner ? 42U : 3U, owner && !nobody ? 132.4 : 0.0};
        for (const char* domain : {"iam.api.example.com", "iam.authz.example.com"})
            for (int i = 1; i <= m_backends; ++i) {
                const bool down = scene == Scene::AppDown && i == 2 && domain[4] == 'a' && domain[5] == 'p';
                const std::uint64_t all = !owner || nobody ? 0 : domain[5] == 'p' ? 324 : 1000;
                const auto count =
                    down ? 0
                         : all / static_cast<unsigned>(scene == Scene::AppDown && domain[5] == 'p' ? m_backends - 1
                                                                                                   : m_backends);
                out.upstreams.push_back(
                    {domain, "n" + std::to_string(i), count, all == 0 ? 0 : double(count) / double(all)});
            }
        out.services = {service("apiserver", number, 32.4 / m_backends),
                        service("authz-server", number, 100.0 / m_backends)};
        return out;
    }
    [[nodiscard]] contract::ClusterStatus status(const QHostAddress& address) const
    {
        contract::ClusterStatus out;
        if (scene == Scene::Alone) return out;
        out.answeredBy = address == QHostAddress(QStringLiteral("127.0.4.21")) ? "n2" : "n1";
        out.vip.address = vip;
        addWitnesses(out.vip);
        out.nodes = {node(1, scene != Scene::Double), node(2, scene == Scene::Double)};
        if (m_backends > 2) { // further machines are backends only
            for (auto& node : out.nodes) node.clockOffset.reset();
        }
        const bool database = scene != Scene::DatabaseDown;
        out.dependencies = {{"database", "10.0.4.20:3306", database, Age(400)},
                            {"redis", "10.0.4.20:6379", true, Age(400)}};
        out.apiDomain = "iam.api.example.com";
        out.httpPort = m_server.serverPort();
        out.verifyKey = m_keys.verifyKey();
        return out;
    }
    [[nodiscard]] std::optional<QByteArray> answer(const StandInRequest& request)
    {
        if (silent.contains(request.address.toString()) || silent.contains(QStringLiteral("*"))) return std::nullopt;
        const QUrl target = QUrl::fromEncoded(request.target);
        const QString path = target.path();
        if (path == u"/.well-known/iam-node") {
            if (scene == Scene::None) return HttpStandIn::json(502, "{}");
            const std::string nonce = QUrlQuery(target).queryItemValue(QStringLiteral("nonce")).toStdString();
            return HttpStandIn::json(200, QByteArray::fromStdString(cluster::encodeNodeProof(cluster::proveNode(
                                              forges ? m_foreignKeys : m_keys, "n1", nonce, m_clock.now()))));
        }
        if (path == u"/v1/cluster")
            return HttpStandIn::json(200,
                                     QByteArray::fromStdString(contract::encodeClusterStatus(status(request.address))));
        if (path == u"/v1/cluster/events") return answerEvents(request, target);
        if (path == u"/healthz" || path == u"/.well-known/iam-probe")
            return HttpStandIn::json(200, R"({"status":"ok"})", "Connection: close\r\n");
        if (path.startsWith(u"/v1/users/"))
            return HttpStandIn::json(
                200, R"({"metadata":{"id":1,"name":"admin"},"nickname":"Admin","isAdmin":1,"status":1})");
        if (path.startsWith(u"/v1/")) return HttpStandIn::json(200, R"({"totalCount":0,"items":[]})");
        return HttpStandIn::json(404, R"({"code":100006,"message":"Page not found."})");
    }
    [[nodiscard]] std::optional<QByteArray> answerEvents(const StandInRequest& request, const QUrl& target)
    {
        if (QUrlQuery(target).hasQueryItem(QStringLiteral("from")))
            return HttpStandIn::json(200, QByteArray::fromStdString(contract::encodeClusterEvents({events, {}})));
        m_streams.append(request.socket);
        QByteArray out = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n: hello\n\n";
        const QByteArray last = request.headers.value("last-event-id");
        if (!last.isEmpty())
            for (const auto& event : events)
                if (event.sequence > last.toULongLong()) out += eventBytes(event);
        return out;
    }
    [[nodiscard]] static QByteArray eventBytes(const contract::ClusterEvent& event)
    {
        return "id: " + QByteArray::number(qulonglong(event.sequence)) +
               "\nevent: " + QByteArray::fromStdString(event.kind) +
               "\ndata: " + QByteArray::fromStdString(contract::encodeClusterEvent(event)) + "\n\n";
    }
    void addHistory()
    {
        using namespace std::chrono_literals;
        events.push_back(makeMove("n1", "n2", "keepalived-stopped", 76h));
        events.push_back(makeMove("n2", "n1", "planned", 51h));
        events.back().interruption = 0ms;
        events.push_back(makeMove("n1", "n2", "advert-timeout", 3h + 31min));
        events.back().interruption = 690ms;
        events.push_back(makeMove("n2", "n1", "nginx-fault", 3h + 5min));
        contract::ClusterEvent doubled = makeMove("confirmed", "double", "", 3h + 9min);
        doubled.kind = "verdict";
        doubled.interruption.reset();
        events.push_back(doubled);
    }

    HttpStandIn m_server;
    cluster::ProofKeys m_keys;
    cluster::ProofKeys m_foreignKeys =
        *cluster::ProofKeys::derive({SecretString("not the key of this cluster, 32 by")});
    int m_backends;
    SystemClock m_clock;
    std::chrono::steady_clock::time_point m_started = SystemClock().steadyNow();
    std::uint64_t m_sequence = 0;
    QList<QPointer<QTcpSocket>> m_streams;
};

} // namespace iam::support
