// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/nodesenses.h"
#include "base/logging.h"
#include "cluster/observe/accesslogreceiver.h"
#include "cluster/observe/addresswatch.h"
#include "cluster/observe/gatewaycheck.h"
#include "cluster/observe/nginxcheck.h"
#include "cluster/observe/servicepoll.h"
#include "cluster/observe/trackfile.h"
#include "cluster/observe/vrrpwatch.h"
#include <QPointer>
#include <algorithm>

namespace iam::cluster {
namespace {

constexpr std::chrono::seconds countersLast{3};
/// Address and keepalived tell every change by themselves, at once; looking is for what they may not have told.
constexpr std::chrono::milliseconds newEnough{150};

contract::Age ageOf(SteadyTime askedAt, SteadyTime now)
{
    return std::max(contract::Age(0), std::chrono::floor<contract::Age>(now - askedAt));
}

NginxCheck::Config nginxConfig(const ClusterDefinition& definition)
{
    NginxCheck::Config config;
    config.port = definition.ports.status;
    config.interval = definition.probe.checkInterval;
    config.timeout = definition.probe.checkTimeout;
    config.fall = definition.probe.fall;
    config.rise = definition.probe.rise;
    return config;
}

std::string addressOfHost(const ClusterDefinition& definition, const std::string& host)
{
    const NodeDefinition* node = definition.node(host);
    return node ? node->address : host;
}

} // namespace

struct NodeSenses::Parts {
    Parts(ClusterDefinition&& theDefinition, std::string&& theName, NodeSensesConfig&& theConfig, const Clock& theClock)
        : definition(std::move(theDefinition))
        , name(std::move(theName))
        , config(std::move(theConfig))
        , clock(theClock)
        , startedAt(theClock.steadyNow())
        , track(config.runDirectory + "/track")
    {
    }

    const ClusterDefinition definition;
    const std::string name;
    const NodeSensesConfig config;
    const Clock& clock;
    const SteadyTime startedAt;
    TrackFile track;
    std::string surrenderReason;
    bool trackComplained = false;
    std::optional<bool> linkUp;
    std::optional<bool> held; ///< the address, as observed() told it last
    std::unique_ptr<AddressWatch> address;
    std::unique_ptr<VrrpWatch> vrrp;
    std::unique_ptr<NginxCheck> nginx;
    std::unique_ptr<GatewayCheck> gateway; ///< null: none to ask
    std::unique_ptr<AccessLogReceiver> log;
    std::vector<std::unique_ptr<ServicePoll>> polls;

    [[nodiscard]] Observation make(Fact fact, std::string says, SteadyTime at, std::optional<SteadyTime> since) const
    {
        return {name, fact, {}, std::move(says), at, since};
    }
    [[nodiscard]] Observation make(const AddressWord& word) const
    {
        return make(Fact::Address, word.held() ? "held" : "absent", word.askedAt, word.since);
    }
    [[nodiscard]] Observation make(const VrrpWord& word) const
    {
        return make(Fact::Vrrp, word.state, word.askedAt, word.since);
    }
    [[nodiscard]] Observation makeNginx(const AnswerWord& word) const
    {
        return make(Fact::Nginx, word.answers ? "answers" : "silent", word.askedAt, word.since);
    }
    [[nodiscard]] Observation makeGateway(const AnswerWord& word) const
    {
        return make(Fact::Gateway, word.answers ? "reachable" : "unreachable", word.askedAt, word.since);
    }

    [[nodiscard]] contract::NodeVrrp vrrpPart(SteadyTime now) const;
    [[nodiscard]] contract::NodeNginx nginxPart(SteadyTime now) const;
    [[nodiscard]] std::vector<contract::UpstreamShare> upstreamPart(SteadyTime now) const;
    [[nodiscard]] std::vector<contract::NodeService> servicePart(SteadyTime now) const;
    [[nodiscard]] std::string backendOf(const std::string& upstream) const;
    [[nodiscard]] contract::ClusterDependency dependency(const std::string& what, const PlaceDefinition& place,
                                                         std::optional<bool> ServiceWord::*seen) const;
    [[nodiscard]] std::string reasonToSurrender() const;
};

NodeSenses::NodeSenses(ClusterDefinition definition, std::string node, NodeSensesConfig config, const Clock& clock)
    : m_parts(std::make_unique<Parts>(std::move(definition), std::move(node), std::move(config), clock))
{
}

NodeSenses::~NodeSenses() = default;

Result<> NodeSenses::start()
{
    Parts& parts = *m_parts;
    const ClusterDefinition& definition = parts.definition;
    const NodeDefinition* self = definition.node(parts.name);
    if (self == nullptr) return fail(Code::Validation, parts.name + " is no node of the cluster");

    const QPointer<NodeSenses> alive(this);
    startAddress(self->interface);
    if (auto done = parts.address->start(); !done || !alive) return done;
    startVrrp();
    if (auto done = parts.vrrp->start(); !done || !alive) return done;
    parts.log = std::make_unique<AccessLogReceiver>(parts.config.runDirectory + "/nginx.sock", parts.clock);
    if (auto done = parts.log->start(); !done) return done;

    parts.nginx = std::make_unique<NginxCheck>(nginxConfig(definition), parts.clock);
    connect(parts.nginx.get(), &NginxCheck::answerChanged, this, [this](const AnswerWord& word) {
        const QPointer<NodeSenses> still(this);
        Q_EMIT observed(m_parts->makeNginx(word));
        if (still) decide();
    });
    startGateway();
    const bool hasServers = std::ranges::any_of(definition.backends, [&](const BackendDefinition& backend) {
        return backend.name == self->name || backend.address == self->address;
    });
    if (hasServers) {
        const auto poll = [&](const char* name, std::uint16_t port) {
            parts.polls.push_back(std::make_unique<ServicePoll>(name, self->address, port, parts.clock));
        };
        poll("apiserver", definition.ports.api);
        poll("authz-server", definition.ports.authz);
    }
    Q_EMIT observed(parts.make(Fact::Agent, "started", parts.startedAt, parts.startedAt));
    return {};
}

void NodeSenses::startAddress(const std::string& interface)
{
    m_parts->address = std::make_unique<AddressWatch>(m_parts->definition.vip.address, interface, m_parts->clock);
    connect(m_parts->address.get(), &AddressWatch::addressChanged, this, [this, interface](const AddressWord& word) {
        const QPointer<NodeSenses> still(this);
        const auto linkBefore = std::exchange(m_parts->linkUp, word.linkUp);
        if (linkBefore.value_or(true) != word.linkUp) Q_EMIT noticed(interface + (word.linkUp ? " is up" : " is down"));
        if (!still) return;
        for (const std::string& holder : word.interfaces)
            if (holder != interface) {
                Q_EMIT noticed("the address is on another interface: " + holder);
                if (!still) return;
            }
        if (std::exchange(m_parts->held, word.held()) != word.held()) Q_EMIT observed(m_parts->make(word));
    });
}

void NodeSenses::startVrrp()
{
    const Parts& parts = *m_parts;
    m_parts->vrrp =
        std::make_unique<VrrpWatch>(parts.config.runDirectory + "/vrrp.fifo", parts.definition.vrrp.instance,
                                    parts.config.keepalived, parts.config.procFolder, parts.clock);
    connect(parts.vrrp.get(), &VrrpWatch::stateChanged, this, [this](const VrrpWord& word) {
        const QPointer<NodeSenses> still(this);
        if (!word.reason.empty()) Q_EMIT noticed(word.reason);
        if (still) Q_EMIT observed(m_parts->make(word));
    });
    connect(parts.vrrp.get(), &VrrpWatch::secondMasterHeard, this,
            [this] { Q_EMIT noticed("another master of lower priority was heard: there were two"); });
}

void NodeSenses::startGateway()
{
    Parts& parts = *m_parts;
    if (parts.definition.probe.gateway.empty()) return;
    parts.gateway = std::make_unique<GatewayCheck>(parts.definition.probe.gateway, parts.clock);
    connect(parts.gateway.get(), &GatewayCheck::answerChanged, this, [this](const AnswerWord& word) {
        const QPointer<NodeSenses> still(this);
        Q_EMIT observed(m_parts->makeGateway(word));
        if (still) decide();
    });
    if (auto done = parts.gateway->start(); !done)
        qCWarning(lcCluster).noquote() << QString::fromStdString(done.error().detail);
}

std::string NodeSenses::Parts::reasonToSurrender() const
{
    if (nginx && nginx->word() && !nginx->word()->answers) return "nginx does not answer: " + nginx->word()->reason;
    if (gateway && gateway->word() && !gateway->word()->answers)
        return "the gateway does not answer: " + gateway->word()->reason;
    return {};
}

/// Only on a change of opinion: nothing is written before there is one.
void NodeSenses::decide()
{
    Parts& parts = *m_parts;
    std::string reason = parts.reasonToSurrender();
    const bool surrender = !reason.empty();
    const auto before = parts.track.written();
    if (before == surrender) return;
    if (auto done = parts.track.write(surrender); !done) {
        if (!std::exchange(parts.trackComplained, true))
            qCWarning(lcCluster).noquote() << QString::fromStdString(done.error().detail);
        return;
    }
    parts.trackComplained = false;
    parts.surrenderReason = std::move(reason);
    if (surrender)
        Q_EMIT noticed("this node gives the address up: " + parts.surrenderReason);
    else if (before)
        Q_EMIT noticed("this node may have the address again");
}

/// False: this was destroyed by who was told.
bool NodeSenses::look()
{
    Parts& parts = *m_parts;
    const SteadyTime now = parts.clock.steadyNow();
    const auto isOld = [now](const auto& word) { return !word || now - word->askedAt >= newEnough; };
    const QPointer<NodeSenses> alive(this);
    if (parts.address && isOld(parts.address->word())) parts.address->look();
    if (alive && parts.vrrp && isOld(parts.vrrp->word())) parts.vrrp->look();
    return alive;
}

std::vector<Observation> NodeSenses::observations()
{
    Parts& parts = *m_parts;
    if (!look()) return {};
    std::vector<Observation> all;
    if (parts.address && parts.address->word()) all.push_back(parts.make(*parts.address->word()));
    if (parts.vrrp && parts.vrrp->word()) all.push_back(parts.make(*parts.vrrp->word()));
    if (parts.nginx && parts.nginx->word()) all.push_back(parts.makeNginx(*parts.nginx->word()));
    if (parts.gateway && parts.gateway->word()) all.push_back(parts.makeGateway(*parts.gateway->word()));
    all.push_back(parts.make(Fact::Agent, "started", parts.clock.steadyNow(), parts.startedAt));
    return all;
}

contract::ClusterNode NodeSenses::node()
{
    Parts& parts = *m_parts;
    if (!look()) return {};
    if (parts.log) parts.log->drain();
    const SteadyTime now = parts.clock.steadyNow();
    contract::ClusterNode node;
    node.name = parts.name;
    if (const NodeDefinition* self = parts.definition.node(parts.name)) node.address = self->address;
    node.reachable = true;
    node.clockOffset = std::chrono::milliseconds(0);
    node.vrrp = parts.vrrpPart(now);
    node.nginx = parts.nginxPart(now);
    node.upstreams = parts.upstreamPart(now);
    node.services = parts.servicePart(now);
    return node;
}

contract::NodeVrrp NodeSenses::Parts::vrrpPart(SteadyTime now) const
{
    contract::NodeVrrp part;
    if (!vrrp || !vrrp->word()) return part;
    const VrrpWord& word = *vrrp->word();
    part.state = word.state;
    part.age = ageOf(word.askedAt, now);
    const auto& dump = vrrp->dump();
    using Seconds = std::chrono::duration<double>;
    if (word.since)
        part.since = clock.now() - ageOf(*word.since, now);
    else if (dump && dump->state == word.state && dump->lastTransition > 0 && dump->lastTransition < 1e11)
        part.since = std::chrono::floor<std::chrono::milliseconds>(
            std::chrono::sys_time<Seconds>(Seconds(dump->lastTransition)));
    return part;
}

contract::NodeNginx NodeSenses::Parts::nginxPart(SteadyTime now) const
{
    contract::NodeNginx part;
    if (!nginx || !nginx->word()) return part;
    part.state = nginx->word()->answers ? "answers" : "silent";
    part.age = ageOf(nginx->word()->askedAt, now);
    const auto& counters = nginx->counters();
    if (!counters || now - counters->askedAt > countersLast) return part;
    part.connections = counters->active;
    part.requestsPerSecond = counters->requestsPerSecond;
    return part;
}

std::string NodeSenses::Parts::backendOf(const std::string& upstream) const
{
    const std::string host = upstream.substr(0, upstream.rfind(':'));
    for (const BackendDefinition& backend : definition.backends)
        if (backend.address == host) return backend.name;
    return host == "127.0.0.1" ? name : upstream;
}

std::vector<contract::UpstreamShare> NodeSenses::Parts::upstreamPart(SteadyTime now) const
{
    std::vector<contract::UpstreamShare> shares;
    const auto find = [&](const std::string& domain, const std::string& backend) -> contract::UpstreamShare& {
        for (auto& share : shares)
            if (share.domain == domain && share.backend == backend) return share;
        return shares.emplace_back(contract::UpstreamShare{domain, backend, 0, 0});
    };
    for (const std::string& domain : {definition.apiDomain, definition.authzDomain})
        for (const BackendDefinition& backend : definition.backends) find(domain, backend.name);
    if (log)
        for (const UpstreamCount& count : log->tally().counts(now))
            if (count.recent > 0) find(count.domain, backendOf(count.upstream)).requests += count.recent;
    for (auto& share : shares) {
        std::uint64_t all = 0;
        for (const auto& other : shares) all += other.domain == share.domain ? other.requests : 0;
        if (all > 0) share.share = static_cast<double>(share.requests) / static_cast<double>(all);
    }
    return shares;
}

std::vector<contract::NodeService> NodeSenses::Parts::servicePart(SteadyTime now) const
{
    std::vector<contract::NodeService> services;
    for (const auto& poll : polls) {
        const ServiceWord& word = poll->word();
        contract::NodeService& made = services.emplace_back();
        made.name = word.name;
        made.healthy = word.healthy;
        if (word.healthy) made.age = ageOf(word.askedAt, now);
        made.requestsPerSecond = word.requestsPerSecond;
        made.p50Milliseconds = word.p50Milliseconds;
        made.p99Milliseconds = word.p99Milliseconds;
        made.errors = word.errors;
    }
    return services;
}

contract::ClusterDependency NodeSenses::Parts::dependency(const std::string& what, const PlaceDefinition& place,
                                                          std::optional<bool> ServiceWord::*seen) const
{
    contract::ClusterDependency made;
    made.name = what;
    made.address = addressOfHost(definition, place.host) + ":" + std::to_string(place.port);
    for (const auto& poll : polls) {
        const ServiceWord& word = poll->word();
        const auto health = word.*seen;
        if (!health) continue;
        // Whoever misses it is right: the other may not have needed it yet.
        if (made.healthy && !*made.healthy) continue;
        made.healthy = health;
        made.age = ageOf(word.askedAt, clock.steadyNow());
    }
    return made;
}

std::vector<contract::ClusterDependency> NodeSenses::dependencies() const
{
    const ClusterDefinition& definition = m_parts->definition;
    std::vector<contract::ClusterDependency> all;
    all.push_back(m_parts->dependency("database", definition.database, &ServiceWord::database));
    if (!definition.redis.host.empty())
        all.push_back(m_parts->dependency("redis", definition.redis, &ServiceWord::redis));
    return all;
}

std::vector<ServiceWord> NodeSenses::services() const
{
    std::vector<ServiceWord> words;
    for (const auto& poll : m_parts->polls) words.push_back(poll->word());
    return words;
}

std::uint64_t NodeSenses::lostLogLines() const
{
    return m_parts->log ? m_parts->log->unreadable() + m_parts->log->tally().crowdedOut() : 0;
}

const std::string& NodeSenses::surrenderReason() const
{
    return m_parts->surrenderReason;
}

} // namespace iam::cluster
