// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/definitionfile.h"
#include "base/configreader.h"
#include "base/configvalue.h"
#include "cluster/definition/definitionrules.h"
#include <limits>
#include <utility>

namespace iam::cluster {
namespace {

using Profile = ClusterDefinition::Profile;
using std::chrono::milliseconds;

constexpr milliseconds longestTime = 24h * 365;
constexpr int largest = std::numeric_limits<int>::max();

std::string entry(const char* list, std::size_t index)
{
    return std::string(list) + '[' + std::to_string(index) + "].";
}

/// Takes the values as they are written; what they may be is validate()'s to say.
class DefinitionReader {
public:
    explicit DefinitionReader(ConfigReader& reader)
        : m_reader(reader)
    {
    }

    ClusterDefinition read()
    {
        m_reader.choice<Profile>("profile", m_definition.profile,
                                 {{"recommended", Profile::Recommended}, {"tutorial", Profile::Tutorial}});
        readNodes();
        readVip();
        readVrrp();
        m_reader.string("domains.api", m_definition.apiDomain);
        m_reader.string("domains.authz", m_definition.authzDomain);
        readPorts();
        readCertificate();
        readBackends();
        readBalance();
        readPlace("database", m_definition.database, 3306);
        m_reader.string("database.name", m_definition.database.name);
        m_reader.string("database.user", m_definition.database.user);
        m_reader.string("database.tls-authority", m_definition.database.tlsAuthority);
        readPlace("redis", m_definition.redis, 6379);
        readTimeouts();
        readProbe();
        return std::move(m_definition);
    }

private:
    bool isTutorial() const { return m_definition.profile == Profile::Tutorial; }
    void number(const std::string& key, int& value) { m_reader.integer(key, value, 0, largest); }
    void time(const std::string& key, milliseconds& value) { m_reader.duration(key, value, 0ms, longestTime); }

    /// What is too many is counted and not read: the number is the fault.
    void leaveOut(const char* list, std::size_t index)
    {
        m_reader.know(std::string(list) + '[' + std::to_string(index) + ']');
    }

    void readNodes()
    {
        const std::size_t count = m_reader.sections("nodes");
        for (std::size_t i = 0; i < count; ++i) {
            const std::string at = entry("nodes", i);
            NodeDefinition node;
            if (i >= mostNodes) {
                leaveOut("nodes", i);
                m_definition.nodes.push_back(std::move(node));
                continue;
            }
            m_reader.string(at + "name", node.name);
            m_reader.string(at + "address", node.address);
            m_reader.string(at + "interface", node.interface);
            if (isTutorial() && i > 0) node.priority = 50;
            number(at + "priority", node.priority);
            m_definition.nodes.push_back(std::move(node));
        }
    }

    void readVip()
    {
        VipDefinition& vip = m_definition.vip;
        using Kind = VipDefinition::Kind;
        m_reader.string("vip.address", vip.address);
        const std::size_t slash = vip.address.find('/');
        const auto prefix =
            slash == std::string::npos ? std::nullopt : parseInteger(std::string_view(vip.address).substr(slash + 1));
        if (prefix && *prefix >= 0 && *prefix <= 32) {
            vip.prefix = static_cast<int>(*prefix);
            vip.address.resize(slash);
        } else if (m_reader.isGiven("vip.address") && !m_reader.hasFault("vip.address")) {
            m_reader.fault("vip.address",
                           "must be an address and the bits of its subnet, such as 10.0.4.99/24, not \"" +
                               vip.address.substr(0, 60) + '"');
        }
        m_reader.choice<Kind>("vip.kind", vip.kind, {{"arp", Kind::Arp}, {"cloud", Kind::Cloud}});
        m_reader.string("vip.hook", vip.hook);
        m_reader.string("vip.public-address", vip.publicAddress);
    }

    void readVrrp()
    {
        VrrpDefinition& vrrp = m_definition.vrrp;
        if (isTutorial()) {
            vrrp.advertInterval = 1s;
            vrrp.password = "1111";
        }
        m_reader.string("vrrp.instance", vrrp.instance);
        number("vrrp.router-id", vrrp.routerId);
        time("vrrp.advert-interval", vrrp.advertInterval);
        m_reader.string("vrrp.password", vrrp.password);
    }

    void readPorts()
    {
        PortsDefinition& ports = m_definition.ports;
        m_reader.port("ports.http", ports.http);
        m_reader.port("ports.https", ports.https);
        m_reader.port("ports.api", ports.api);
        m_reader.port("ports.authz", ports.authz);
        m_reader.port("ports.agent", ports.agent);
        m_reader.port("ports.status", ports.status);
    }

    void readCertificate()
    {
        CertificateDefinition certificate;
        m_reader.string("certificate.certificate-file", certificate.certificate);
        m_reader.string("certificate.private-key-file", certificate.privateKey);
        if (certificate != CertificateDefinition{}) m_definition.certificate = std::move(certificate);
    }

    void readBackends()
    {
        const std::size_t count = m_reader.sections("backends");
        for (std::size_t i = 0; i < count; ++i) {
            const std::string at = entry("backends", i);
            BackendDefinition backend;
            if (i >= mostBackends) {
                leaveOut("backends", i);
                m_definition.backends.push_back(std::move(backend));
                continue;
            }
            m_reader.string(at + "name", backend.name);
            if (const NodeDefinition* node = m_definition.node(backend.name)) backend.address = node->address;
            m_reader.string(at + "address", backend.address);
            number(at + "weight", backend.weight);
            m_definition.backends.push_back(std::move(backend));
        }
        if (m_reader.isGiven("backends")) return;
        for (const NodeDefinition& node : m_definition.nodes)
            m_definition.backends.push_back({node.name, node.address, 1});
    }

    void readBalance()
    {
        using Method = BalanceDefinition::Method;
        m_reader.choice<Method>("balance.method", m_definition.balance.method,
                                {{"round_robin", Method::RoundRobin},
                                 {"least_conn", Method::LeastConnections},
                                 {"ip_hash", Method::AddressHash},
                                 {"cookie", Method::Cookie}});
        m_reader.string("balance.cookie", m_definition.balance.cookie);
    }

    void readPlace(const std::string& section, PlaceDefinition& place, std::uint16_t usualPort)
    {
        m_reader.string(section + ".host", place.host);
        if (!place.host.empty()) place.port = usualPort;
        m_reader.port(section + ".port", place.port);
    }

    void readTimeouts()
    {
        TimeoutsDefinition& timeouts = m_definition.timeouts;
        time("timeouts.connect", timeouts.connect);
        time("timeouts.decision-read", timeouts.decisionRead);
        time("timeouts.api-read", timeouts.apiRead);
        time("timeouts.stream-read", timeouts.streamRead);
    }

    void readProbe()
    {
        ProbeDefinition& probe = m_definition.probe;
        time("probe.check-interval", probe.checkInterval);
        time("probe.check-timeout", probe.checkTimeout);
        number("probe.fall", probe.fall);
        number("probe.rise", probe.rise);
        time("probe.client-period", probe.clientPeriod);
        m_reader.string("probe.gateway", probe.gateway);
    }

    ConfigReader& m_reader;
    ClusterDefinition m_definition;
};

/// The section that a field stands in: "nodes[1]" of "nodes[1].address", "nodes" of "nodes[1]".
std::string sectionOf(const std::string& field)
{
    const std::size_t end = field.find_last_of(".[");
    return end == std::string::npos ? std::string() : field.substr(0, end);
}

} // namespace

DefinitionLines::DefinitionLines(std::string_view yaml)
{
    for (const auto& [key, value] : parseConfig(yaml, {}, ConfigLists::OfSections).values)
        m_lines.emplace(key, value.origin.line);
}

int DefinitionLines::of(std::string field) const
{
    for (; !field.empty(); field = sectionOf(field))
        if (const auto found = m_lines.find(field); found != m_lines.end()) return found->second;
    return 1;
}

Result<ClusterDefinition> parseDefinition(std::string_view yaml, const std::string& fileName)
{
    ConfigFile file = parseConfig(yaml, fileName, ConfigLists::OfSections);
    const bool isYaml = file.faults.empty() || !file.values.empty();
    ConfigReader reader(std::move(file), {}, {});
    ClusterDefinition definition = DefinitionReader(reader).read();
    if (isYaml) {
        const DefinitionLines lines(yaml);
        for (const FieldFault& fault : validate(definition)) {
            if (reader.hasFault(fault.field)) continue; // what stands there could not even be read
            if (fault.field == "backends" && !reader.isGiven("backends")) continue; // the fault is the nodes'
            reader.fault({ConfigOrigin::Kind::File, fileName, lines.of(fault.field)}, fault.field, fault.message);
        }
    }
    std::vector<FieldFault> faults = reader.finish();
    if (!faults.empty()) return fail(Code::Validation, fileName + " has faults", std::move(faults));
    return definition;
}

} // namespace iam::cluster
