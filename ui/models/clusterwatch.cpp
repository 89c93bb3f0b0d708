// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clusterwatch.h"
#include "client/whenready.h"
#include "cluster/verdict/statusage.h"
#include "cluster/verdict/verdict.h"
#include "models/clusterload.h"
#include <QFile>
#include <QRandomGenerator>
#include <algorithm>
#include <array>

namespace iam::models {

using namespace std::chrono_literals;
using client::Road;
using client::whenReady;
using contract::Age;
using contract::ClusterStatus;
using contract::VipVerdict;

namespace {

constexpr auto tickLength = 250ms;
constexpr int serverTicks = 2; // asked every so many
constexpr int nodeTicks = 4;
constexpr int vipTicks = 2;
constexpr int mostVipAsks = 4;
constexpr Age preferred = 1200ms; // the server's own answer goes before a node's as long as it is not older
const std::string here = "console";

Age elapsed(std::chrono::steady_clock::time_point since, std::chrono::steady_clock::time_point now)
{
    return std::chrono::ceil<Age>(std::max(now - since, std::chrono::steady_clock::duration::zero()));
}

std::string makeNonce()
{
    std::array<quint32, 6> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    const QByteArray bytes(reinterpret_cast<const char*>(words.data()), sizeof(words));
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString();
}

} // namespace

ClusterWatch::ClusterWatch(client::ApiClient& api, Verify verify, ClusterMemory& memory, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_client(api)
    , m_verify(std::move(verify))
    , m_memory(memory)
{
    m_tick.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, &ClusterWatch::tick);
    connect(&m_probe, &ClusterProbe::interrupted, this, &ClusterWatch::interrupted);
}

std::string ClusterWatch::server() const
{
    return m_api.config().baseUrl.toString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash).toStdString();
}

void ClusterWatch::start()
{
    if (running()) return;
    if (!m_known)
        if (const auto known = m_memory.load(server())) adopt(*known);
    m_ticks = 0;
    m_tick.start(tickLength);
    startProbe();
    tick();
}

void ClusterWatch::stop()
{
    m_tick.stop();
    m_probe.stop();
}

void ClusterWatch::startProbe()
{
    if (!running() || !m_known) return;
    QFile file(m_api.config().caFile);
    const bool given = !m_api.config().caFile.isEmpty() && file.open(QIODevice::ReadOnly);
    m_probe.start(*m_known, given ? file.read(1 << 20).toStdString() : std::string());
}

void ClusterWatch::reset()
{
    stop();
    ++m_generation;
    m_asking.clear();
    m_answers.clear();
    m_error.reset();
    m_known.reset();
    m_pool.reset();
    m_vipAsks = 0;
    m_vipAnswers.reset();
    m_backends.clear();
    m_lastOwner.clear();
    m_lastConfirmed.reset();
    m_state = {};
}

void ClusterWatch::askNow()
{
    m_ticks = 0;
    if (running()) tick();
}

void ClusterWatch::tick()
{
    if (m_ticks % serverTicks == 0) askServer();
    if (m_ticks % nodeTicks == 0) askNodes();
    if (m_ticks % vipTicks == 0) askVip();
    ++m_ticks;
    m_state = conclude(m_clock.steadyNow());
    if (m_state.stage == ClusterState::Stage::Known && m_state.status.vip.verdict == VipVerdict::Confirmed) {
        m_lastOwner = m_state.status.vip.owner;
        m_lastConfirmed = m_clock.steadyNow();
    }
    Q_EMIT changed();
}

std::vector<Road> ClusterWatch::roads() const
{
    std::vector<Road> out;
    if (m_known)
        for (const KnownCluster::Node& node : m_known->nodes) out.push_back(roadTo(node.address));
    return out;
}

Road ClusterWatch::roadTo(const std::string& address) const
{
    QUrl url;
    url.setScheme(m_known->tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(QString::fromStdString(address));
    url.setPort(m_known->port);
    return {url, m_known->apiDomain};
}

void ClusterWatch::askServer()
{
    if (std::exchange(m_asking[{}], true)) return;
    const Time asked = m_clock.steadyNow();
    whenReady(m_client.status(), this, [this, asked, generation = m_generation](const Result<ClusterStatus>& status) {
        if (generation != m_generation) return;
        m_asking[{}] = false;
        if (status) {
            m_error.reset();
            take({}, *status, asked);
        } else if (status.error().code != Code::Cancelled) {
            m_error = status.error();
        }
    });
}

void ClusterWatch::askNodes()
{
    if (!m_known) return;
    for (const KnownCluster::Node& node : m_known->nodes) {
        if (std::exchange(m_asking[node.address], true)) continue;
        const Time asked = m_clock.steadyNow();
        whenReady(
            m_client.status(roadTo(node.address)), this,
            [this, asked, address = node.address, generation = m_generation](const Result<ClusterStatus>& status) {
                if (generation != m_generation) return;
                m_asking[address] = false;
                if (status) take(address, *status, asked);
            });
    }
}

void ClusterWatch::askVip()
{
    if (!m_known || !m_pool || m_vipAsks >= mostVipAsks) return;
    ++m_vipAsks;
    const Time asked = m_clock.steadyNow();
    const std::string nonce = makeNonce();
    const auto heard = [this, asked, nonce, generation = m_generation](const Result<std::string>& body) {
        if (generation != m_generation) return;
        --m_vipAsks;
        if (!m_known || !m_pool) return;
        if (!body) return takeProof("none", asked);
        takeProof(m_verify(*body, m_known->verifyKey, nonce).value_or("forged"), asked);
    };
    whenReady(m_client.askNode(roadTo(m_known->vip), nonce), this, heard);
}

void ClusterWatch::takeProof(const std::string& word, Time asked)
{
    const bool proved = m_pool->isNode(word);
    m_vipAnswers = proved;
    if (proved && !m_known->vipAnswersHere) {
        m_known->vipAnswersHere = true;
        m_memory.keep(server(), *m_known);
    }
    if (!isWitness()) return;
    (void)m_pool->add({here, cluster::Fact::VipAnswer, {}, word, asked, {}}, m_clock.steadyNow());
}

/// Whoever never reached the VIP cannot tell "nobody answers" from "there is no way from here".
bool ClusterWatch::isWitness() const
{
    return m_known->vipAnswersHere || m_api.config().baseUrl.host().toStdString() == m_known->vip;
}

void ClusterWatch::take(const std::string& source, ClusterStatus status, Time asked)
{
    // An answer that overtook this one, or a node that is not of this cluster.
    const auto before = m_answers.find(source);
    if (before != m_answers.end() && before->second.asked > asked) return;
    if (!source.empty() && (!m_known || status.vip.address != m_known->vip)) return;
    if (source.empty()) learn(status);
    if (m_pool)
        for (const contract::ClusterWitness& word : status.vip.witnesses) witness(word, asked);
    noteBackends(status);
    m_answers[source] = {std::move(status), asked};
}

void ClusterWatch::learn(const ClusterStatus& status)
{
    if (status.vip.address.empty()) {
        m_known.reset();
        m_pool.reset();
        m_probe.stop();
        std::erase_if(m_answers, [](const auto& answer) { return !answer.first.empty(); });
        return;
    }
    KnownCluster known;
    for (const contract::ClusterNode& node : status.nodes) known.nodes.push_back({node.name, node.address});
    known.vip = status.vip.address;
    known.apiDomain = status.apiDomain;
    known.port = status.httpPort;
    known.tls = status.tls;
    known.verifyKey = status.verifyKey;
    known.vipAnswersHere = m_known && m_known->vip == known.vip && m_known->vipAnswersHere;
    if (known.nodes.empty() || m_known == known) return;
    m_memory.keep(server(), known);
    adopt(known);
}

void ClusterWatch::adopt(const KnownCluster& known)
{
    std::vector<std::string> names;
    for (const KnownCluster::Node& node : known.nodes) names.push_back(node.name);
    if (!m_pool || m_pool->vip() != known.vip || m_pool->nodes() != names) {
        m_pool.emplace(known.vip, std::move(names));
        m_backends.clear();
    }
    m_known = known;
    startProbe();
    Q_EMIT clusterLearned();
}

void ClusterWatch::noteBackends(const ClusterStatus& status)
{
    constexpr std::size_t most = 64;
    for (const BackendLoad& load : backendLoads(status))
        if (m_backends.size() < most && std::find(m_backends.begin(), m_backends.end(), load.name) == m_backends.end())
            m_backends.push_back(load.name);
}

void ClusterWatch::witness(const contract::ClusterWitness& word, Time asked)
{
    const auto fact = cluster::factOf(word.what);
    if (!fact) return;
    cluster::Observation seen{word.node, *fact, word.about, word.says, asked - word.age, {}};
    if (word.since) seen.since = asked - *word.since;
    (void)m_pool->add(std::move(seen), m_clock.steadyNow()); // what it refuses is no word of a witness
}

const std::string* ClusterWatch::newestSource(Time now) const
{
    const std::string* newest = nullptr;
    Time when{};
    for (const auto& [source, answer] : m_answers) {
        if (source.empty() && elapsed(answer.asked, now) <= preferred) return &source;
        if (newest != nullptr && answer.asked <= when) continue;
        newest = &source;
        when = answer.asked;
    }
    return newest;
}

ClusterState ClusterWatch::conclude(Time now) const
{
    ClusterState state;
    state.error = m_error;
    const std::string* source = newestSource(now);
    if (source == nullptr) {
        if (m_error) state.stage = ClusterState::Stage::Unreachable;
        return state;
    }
    const Answer& newest = m_answers.at(*source);
    state.age = elapsed(newest.asked, now);
    state.stale = *state.age > cluster::freshFor;
    state.status = cluster::agedBy(newest.status, *state.age);
    state.direct = !source->empty();
    if (newest.status.vip.address.empty()) {
        state.stage = ClusterState::Stage::NoCluster;
        return state;
    }
    state.stage = ClusterState::Stage::Known;
    for (const auto& [other, answer] : m_answers) {
        const Age age = elapsed(answer.asked, now);
        if (age > cluster::freshFor) continue;
        if (!other.empty()) state.answering.push_back(answer.status.answeredBy);
        if (&other != source) mergeNodes(state.status, cluster::agedBy(answer.status, age));
    }
    chooseVerdict(state, now);
    if (m_vipAnswers)
        state.fromHere = *m_vipAnswers ? ClusterState::FromHere::Answered
                         : isWitness() ? ClusterState::FromHere::Silent
                                       : ClusterState::FromHere::NeverAnswered;
    state.interruptedFor = m_probe.silentFor();
    state.backends = m_backends;
    state.lastOwner = m_lastOwner;
    if (m_lastConfirmed) state.lastOwnerAge = elapsed(*m_lastConfirmed, now);
    return state;
}

void ClusterWatch::chooseVerdict(ClusterState& state, Time now) const
{
    contract::ClusterVip& shown = state.status.vip;
    state.serversVerdict = shown.verdict;
    if (!m_pool) return;
    contract::ClusterVip own = cluster::verdict(*m_pool, now);
    state.ownVerdict = own.verdict;
    const bool bothSure = own.verdict == VipVerdict::Confirmed && shown.verdict == VipVerdict::Confirmed;
    if (bothSure && own.owner != shown.owner) {
        own.verdict = state.ownVerdict = VipVerdict::Disputed;
        own.owner.clear();
    }
    // The witnesses are this computer's own collection in any case: it holds everything that the server's has.
    if (pessimism(own.verdict) >= pessimism(shown.verdict))
        shown = std::move(own);
    else
        shown.witnesses = std::move(own.witnesses);
}

} // namespace iam::models
