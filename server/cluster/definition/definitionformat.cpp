// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configvalue.h"
#include "cluster/definition/definitionfile.h"
#include <array>
#include <utility>
#include <vector>

namespace iam::cluster {
namespace {

/// Every value as a quoted scalar is safe to read back, but plain words and numbers are what people write: only those
/// that YAML could take for something else are quoted.
std::string scalar(const std::string& value)
{
    const bool plain = !value.empty() &&
                       value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-") ==
                           std::string::npos &&
                       value.front() != '-' && value != "null" && value != "Null" && value != "NULL";
    if (plain) return value;
    std::string out = "\"";
    constexpr std::array<char, 16> digits{'0', '1', '2', '3', '4', '5', '6', '7',
                                          '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            out += "\\x";
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        } else {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
    }
    return out + '"';
}

class Writer {
public:
    void section(const char* name) { m_out += std::string(name) + ":\n"; }
    void value(const char* key, const std::string& value) { m_out += "  " + line(key, scalar(value)); }
    void value(const char* key, long long number) { m_out += "  " + line(key, std::to_string(number)); }
    void value(const char* key, std::chrono::milliseconds time) { m_out += "  " + line(key, formatDuration(time)); }
    void top(const char* key, const char* word) { m_out += line(key, word); }
    void entry(const std::vector<std::pair<const char*, std::string>>& values)
    {
        std::string inside;
        for (const auto& [key, text] : values) inside += (inside.empty() ? "" : ", ") + std::string(key) + ": " + text;
        m_out += "  - {" + inside + "}\n";
    }
    std::string take() { return std::move(m_out); }

private:
    static std::string line(const char* key, const std::string& text) { return std::string(key) + ": " + text + '\n'; }
    std::string m_out;
};

const char* nameOf(BalanceDefinition::Method method)
{
    switch (method) {
    case BalanceDefinition::Method::LeastConnections:
        return "least_conn";
    case BalanceDefinition::Method::AddressHash:
        return "ip_hash";
    case BalanceDefinition::Method::Cookie:
        return "cookie";
    case BalanceDefinition::Method::RoundRobin:
        break;
    }
    return "round_robin";
}

void writeVip(Writer& out, const VipDefinition& vip)
{
    const bool cloud = vip.kind == VipDefinition::Kind::Cloud;
    out.section("vip");
    out.value("address", vip.address + "/" + std::to_string(vip.prefix));
    out.value("kind", std::string(cloud ? "cloud" : "arp"));
    if (!vip.hook.empty()) out.value("hook", vip.hook);
    if (!vip.publicAddress.empty()) out.value("public-address", vip.publicAddress);
}

void writeVrrp(Writer& out, const ClusterDefinition& definition)
{
    const VrrpDefinition& vrrp = definition.vrrp;
    out.section("vrrp");
    out.value("instance", vrrp.instance);
    out.value("router-id", vrrp.routerId);
    out.value("advert-interval", vrrp.advertInterval);
    if (!vrrp.password.empty() || definition.profile == ClusterDefinition::Profile::Tutorial)
        out.value("password", vrrp.password);
}

void writePorts(Writer& out, const PortsDefinition& ports)
{
    out.section("ports");
    out.value("http", ports.http);
    out.value("https", ports.https);
    out.value("api", ports.api);
    out.value("authz", ports.authz);
    out.value("agent", ports.agent);
    out.value("status", ports.status);
}

void writePlaces(Writer& out, const ClusterDefinition& definition)
{
    const DatabaseDefinition& database = definition.database;
    out.section("database");
    out.value("host", database.host);
    out.value("port", database.port);
    out.value("name", database.name);
    out.value("user", database.user);
    if (!database.tlsAuthority.empty()) out.value("tls-authority", database.tlsAuthority);
    if (definition.redis.host.empty()) return;
    out.section("redis");
    out.value("host", definition.redis.host);
    out.value("port", definition.redis.port);
}

void writeTimes(Writer& out, const ClusterDefinition& definition)
{
    const TimeoutsDefinition& timeouts = definition.timeouts;
    out.section("timeouts");
    out.value("connect", timeouts.connect);
    out.value("decision-read", timeouts.decisionRead);
    out.value("api-read", timeouts.apiRead);
    out.value("stream-read", timeouts.streamRead);
    const ProbeDefinition& probe = definition.probe;
    out.section("probe");
    out.value("check-interval", probe.checkInterval);
    out.value("check-timeout", probe.checkTimeout);
    out.value("fall", probe.fall);
    out.value("rise", probe.rise);
    out.value("client-period", probe.clientPeriod);
    if (!probe.gateway.empty()) out.value("gateway", probe.gateway);
}

} // namespace

std::string formatDefinition(const ClusterDefinition& definition)
{
    Writer out;
    out.top("profile", definition.profile == ClusterDefinition::Profile::Tutorial ? "tutorial" : "recommended");
    out.section("nodes");
    for (const NodeDefinition& node : definition.nodes)
        out.entry({{"name", scalar(node.name)},
                   {"address", scalar(node.address)},
                   {"interface", scalar(node.interface)},
                   {"priority", std::to_string(node.priority)}});
    writeVip(out, definition.vip);
    writeVrrp(out, definition);
    out.section("domains");
    out.value("api", definition.apiDomain);
    out.value("authz", definition.authzDomain);
    writePorts(out, definition.ports);
    if (definition.certificate) {
        out.section("certificate");
        out.value("certificate-file", definition.certificate->certificate);
        out.value("private-key-file", definition.certificate->privateKey);
    }
    out.section("backends");
    for (const BackendDefinition& backend : definition.backends)
        out.entry({{"name", scalar(backend.name)},
                   {"address", scalar(backend.address)},
                   {"weight", std::to_string(backend.weight)}});
    out.section("balance");
    out.value("method", std::string(nameOf(definition.balance.method)));
    if (!definition.balance.cookie.empty()) out.value("cookie", definition.balance.cookie);
    writePlaces(out, definition);
    writeTimes(out, definition);
    return out.take();
}

} // namespace iam::cluster
