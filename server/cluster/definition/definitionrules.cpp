// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/definitionrules.h"
#include "base/configvalue.h"
#include "base/text.h"
#include "cluster/definition/ipv4.h"
#include "cluster/definition/namerules.h"
#include <algorithm>
#include <optional>

namespace iam::cluster {
namespace {

using Profile = ClusterDefinition::Profile;
using std::chrono::milliseconds;

/// One walk over a definition, in the order of the file.
class Rules {
public:
    explicit Rules(const ClusterDefinition& definition)
        : m_definition(definition)
    {
    }

    std::vector<FieldFault> run()
    {
        checkNodes();
        checkVip();
        checkVrrp();
        checkDomains();
        checkPorts();
        checkCertificate();
        checkBackends();
        checkBalance();
        checkDatabase();
        checkRedis();
        checkTimeouts();
        checkProbe();
        return std::move(m_faults);
    }

private:
    struct Taken {
        std::string what;
        std::uint32_t address;
    };
    struct TakenPort {
        std::string what;
        std::string host; ///< empty: taken on every node
        std::uint16_t port;
    };

    /// False, and a fault unless the field has one, when the condition does not hold.
    bool require(bool holds, const std::string& field, const std::string& message)
    {
        const auto isField = [&](const FieldFault& fault) { return fault.field == field; };
        if (!holds && std::none_of(m_faults.begin(), m_faults.end(), isField)) m_faults.push_back({field, message});
        return holds;
    }
    static std::string entry(const char* list, std::size_t index)
    {
        return std::string(list) + '[' + std::to_string(index) + "].";
    }
    static std::string quoted(const std::string& value) { return '"' + value.substr(0, 60) + '"'; }

    /// An address that a machine can have; nothing, and a fault, for others.
    std::optional<std::uint32_t> machine(const std::string& field, const std::string& text)
    {
        if (!require(!text.empty(), field, "is missing")) return {};
        const auto address = parseIpv4(text);
        if (!require(address.has_value(), field, "must be an IPv4 address such as 10.0.4.20, not " + quoted(text)))
            return {};
        const std::uint32_t first = *address >> 24;
        if (!require(first != 0 && first < 224, field, text + " cannot be the address of one machine")) return {};
        return address;
    }
    /// Its place among the addresses of the cluster: none may be there twice.
    void takeAddress(const std::string& field, std::uint32_t address, const std::string& what)
    {
        for (const Taken& other : m_addresses)
            if (!require(other.address != address, field, "is the address of " + other.what + " already")) return;
        m_addresses.push_back({what, address});
    }
    void checkName(const std::string& field, const std::string& name)
    {
        if (require(!name.empty(), field, "is missing"))
            require(isHostLabel(name), field,
                    "must be one host name label (letters, digits, inner hyphens, at most 63), not " + quoted(name));
    }
    void checkPath(const std::string& field, const std::string& path)
    {
        if (require(!path.empty(), field, "is missing"))
            require(isPlainPath(path), field,
                    "must be an absolute path of letters, digits and ._-+@ without blanks, not " + quoted(path));
    }
    void checkRange(const std::string& field, milliseconds value, milliseconds least, milliseconds most)
    {
        require(value >= least && value <= most, field,
                "must be from " + formatDuration(least) + " to " + formatDuration(most) + ", not " +
                    formatDuration(value));
    }
    void checkRange(const std::string& field, int value, int least, int most)
    {
        require(value >= least && value <= most, field,
                "must be from " + std::to_string(least) + " to " + std::to_string(most) + ", not " +
                    std::to_string(value));
    }

    void checkNodes()
    {
        const auto& nodes = m_definition.nodes;
        require(nodes.size() >= leastNodes && nodes.size() <= mostNodes, "nodes",
                "must be two to eight, not " + std::to_string(nodes.size()));
        for (std::size_t i = 0; i < std::min(nodes.size(), mostNodes); ++i) {
            const NodeDefinition& node = nodes[i];
            const std::string at = entry("nodes", i);
            checkName(at + "name", node.name);
            for (std::size_t j = 0; j < i; ++j)
                require(!text::equalIgnoringCase(nodes[j].name, node.name), at + "name",
                        "there is a node " + nodes[j].name + " already");
            if (const auto address = machine(at + "address", node.address))
                takeAddress(at + "address", *address, "node " + node.name);
            if (require(!node.interface.empty(), at + "interface", "is missing"))
                require(isInterface(node.interface), at + "interface",
                        "must be an interface's name such as eth0, not " + quoted(node.interface));
            checkRange(at + "priority", node.priority, 1, 254);
        }
    }

    void checkVip()
    {
        const VipDefinition& vip = m_definition.vip;
        checkRange("vip.address", vip.prefix, 8, 32);
        const auto address = machine("vip.address", vip.address);
        if (address) takeAddress("vip.address", *address, "the virtual address");
        const bool cloud = vip.kind == VipDefinition::Kind::Cloud;
        if (cloud)
            checkPath("vip.hook", vip.hook);
        else
            require(vip.hook.empty(), "vip.hook", "is called only where vip.kind is cloud");
        if (!vip.publicAddress.empty()) {
            require(cloud, "vip.public-address", "is used only where vip.kind is cloud");
            if (const auto shown = machine("vip.public-address", vip.publicAddress))
                takeAddress("vip.public-address", *shown, "the cloud");
        }
        if (address && !cloud) checkSubnet(*address);
    }
    /// Address resolution ends at the subnet's border: what is announced must lie inside it.
    void checkSubnet(std::uint32_t vip)
    {
        const std::uint32_t mask = networkMask(m_definition.vip.prefix);
        if (m_definition.vip.prefix <= 30) {
            require((vip & ~mask) != 0 && (vip & ~mask) != ~mask, "vip.address",
                    "is the first or the last address of its subnet, which no machine can have");
        }
        for (const NodeDefinition& node : m_definition.nodes) {
            const auto address = parseIpv4(node.address);
            require(!address || (*address & mask) == (vip & mask), "vip.address",
                    m_definition.vip.address + "/" + std::to_string(m_definition.vip.prefix) +
                        " is another subnet than that of node " + node.name + " (" + node.address + ")");
        }
    }

    void checkVrrp()
    {
        const VrrpDefinition& vrrp = m_definition.vrrp;
        require(isWord(vrrp.instance), "vrrp.instance",
                "must be a letter, then letters, digits, _ and -, at most 32, not " + quoted(vrrp.instance));
        checkRange("vrrp.router-id", vrrp.routerId, 1, 255);
        if (m_definition.profile == Profile::Tutorial) {
            checkRange("vrrp.advert-interval", vrrp.advertInterval, 1s, 255s);
            require(vrrp.advertInterval.count() % 1000 == 0, "vrrp.advert-interval",
                    "the tutorial profile speaks VRRP version 2, which counts whole seconds");
            require(vrrp.password.empty() || (vrrp.password.size() <= 8 && isCookieName(vrrp.password)),
                    "vrrp.password", "must be one to eight letters and digits");
            return;
        }
        checkRange("vrrp.advert-interval", vrrp.advertInterval, 10ms, 40'950ms);
        require(vrrp.advertInterval.count() % 10 == 0, "vrrp.advert-interval",
                "must be whole hundredths of a second (RFC 9568), not " + formatDuration(vrrp.advertInterval));
        require(vrrp.password.empty(), "vrrp.password",
                "VRRP version 3 has no passwords; the packet filter lets only the peers through");
    }

    void checkDomains()
    {
        const auto check = [&](const std::string& field, const std::string& domain) {
            if (require(!domain.empty(), field, "is missing"))
                require(isDomain(domain), field, "must be a name such as iam.api.example.com, not " + quoted(domain));
        };
        check("domains.api", m_definition.apiDomain);
        check("domains.authz", m_definition.authzDomain);
        require(m_definition.apiDomain.empty() ||
                    !text::equalIgnoringCase(m_definition.apiDomain, m_definition.authzDomain),
                "domains.authz", "is the same as domains.api");
    }

    /// One port may be used by different things on different machines.
    void takePort(const std::string& field, std::uint16_t port, const std::string& host = {})
    {
        if (!require(port != 0, field, "must be from 1 to 65535")) return;
        for (const TakenPort& other : m_ports) {
            const bool together = host.empty() || other.host.empty() || host == other.host;
            if (!require(!together || other.port != port, field,
                         std::to_string(port) + " is " + other.what + " already"))
                return;
        }
        m_ports.push_back({field, host, port});
    }
    void checkPorts()
    {
        const PortsDefinition& ports = m_definition.ports;
        takePort("ports.http", ports.http);
        if (m_definition.certificate) takePort("ports.https", ports.https);
        takePort("ports.api", ports.api);
        takePort("ports.authz", ports.authz);
        takePort("ports.agent", ports.agent);
        takePort("ports.status", ports.status);
    }

    void checkCertificate()
    {
        if (!m_definition.certificate) return;
        checkPath("certificate.certificate-file", m_definition.certificate->certificate);
        checkPath("certificate.private-key-file", m_definition.certificate->privateKey);
    }

    void checkBackends()
    {
        const auto& backends = m_definition.backends;
        require(backends.size() >= leastBackends && backends.size() <= mostBackends, "backends",
                "must be two to eight, not " + std::to_string(backends.size()) + "; left out they are the nodes");
        for (std::size_t i = 0; i < std::min(backends.size(), mostBackends); ++i) {
            const BackendDefinition& backend = backends[i];
            const std::string at = entry("backends", i);
            checkName(at + "name", backend.name);
            for (std::size_t j = 0; j < i; ++j) {
                require(!text::equalIgnoringCase(backends[j].name, backend.name), at + "name",
                        "there is a backend " + backends[j].name + " already");
                require(backends[j].address != backend.address, at + "address",
                        "is the address of backend " + backends[j].name + " already");
            }
            checkRange(at + "weight", backend.weight, 1, 100);
            if (backend.address.empty()) {
                require(false, at + "name",
                        "there is no node " + quoted(backend.name) + ": name one, or give the machine's address");
                continue;
            }
            const auto address = machine(at + "address", backend.address);
            if (!address) continue;
            if (const NodeDefinition* node = m_definition.node(backend.name))
                require(node->address == backend.address, at + "address",
                        "is not that of node " + node->name + " (" + node->address + ")");
            else
                takeAddress(at + "address", *address, "backend " + backend.name);
        }
    }

    void checkBalance()
    {
        const BalanceDefinition& balance = m_definition.balance;
        if (balance.method != BalanceDefinition::Method::Cookie)
            require(balance.cookie.empty(), "balance.cookie", "is used only where balance.method is cookie");
        else if (require(!balance.cookie.empty(), "balance.cookie", "is missing"))
            require(isCookieName(balance.cookie), "balance.cookie",
                    "must be letters, digits and _ only (nginx reads no others), not " + quoted(balance.cookie));
    }

    /// A node, or another machine's address.
    void checkPlace(const std::string& section, const PlaceDefinition& place)
    {
        const std::string host = section + ".host";
        if (!require(!place.host.empty(), host, "is missing")) return;
        require(m_definition.node(place.host) != nullptr || parseIpv4(place.host), host,
                "there is no node " + quoted(place.host) + ": name one, or give an IPv4 address");
        const std::string address = m_definition.addressOf(place);
        require(address != m_definition.vip.address, host,
                "is the virtual address: it moves, and the data would not move with it");
        if (!require(place.port != 0, section + ".port", "must be from 1 to 65535")) return;
        const bool onNode = std::any_of(m_definition.nodes.begin(), m_definition.nodes.end(),
                                        [&](const NodeDefinition& node) { return node.address == address; });
        if (onNode) takePort(section + ".port", place.port, address);
    }
    void checkDatabase()
    {
        const DatabaseDefinition& database = m_definition.database;
        checkPlace("database", database);
        const char* const rule = "must be a letter, then letters, digits and _, at most 32, not ";
        require(isDatabaseName(database.name), "database.name", rule + quoted(database.name));
        require(isDatabaseName(database.user), "database.user", rule + quoted(database.user));
        if (!database.tlsAuthority.empty()) checkPath("database.tls-authority", database.tlsAuthority);
    }
    void checkRedis()
    {
        if (!m_definition.redis.host.empty()) checkPlace("redis", m_definition.redis);
        require(m_definition.redis.tlsAuthority.empty(), "redis.tls-authority",
                "our servers speak to Redis without TLS");
    }

    void checkTimeouts()
    {
        const TimeoutsDefinition& timeouts = m_definition.timeouts;
        checkRange("timeouts.connect", timeouts.connect, 10ms, 60s);
        checkRange("timeouts.decision-read", timeouts.decisionRead, 10ms, 24h);
        checkRange("timeouts.api-read", timeouts.apiRead, 10ms, 24h);
        checkRange("timeouts.stream-read", timeouts.streamRead, 10ms, 24h);
    }

    void checkProbe()
    {
        const ProbeDefinition& probe = m_definition.probe;
        checkRange("probe.check-interval", probe.checkInterval, 50ms, 60s);
        checkRange("probe.check-timeout", probe.checkTimeout, 10ms, 60s);
        require(probe.checkTimeout <= probe.checkInterval, "probe.check-timeout",
                "is longer than probe.check-interval: checks would pile up");
        checkRange("probe.fall", probe.fall, 1, 100);
        checkRange("probe.rise", probe.rise, 1, 100);
        checkRange("probe.client-period", probe.clientPeriod, 10ms, 60s);
        if (probe.gateway.empty()) return;
        if (const auto gateway = machine("probe.gateway", probe.gateway))
            takeAddress("probe.gateway", *gateway, "the gateway");
    }

    const ClusterDefinition& m_definition;
    std::vector<FieldFault> m_faults;
    std::vector<Taken> m_addresses;
    std::vector<TakenPort> m_ports;
};

} // namespace

std::vector<FieldFault> validate(const ClusterDefinition& definition)
{
    return Rules(definition).run();
}

} // namespace iam::cluster
