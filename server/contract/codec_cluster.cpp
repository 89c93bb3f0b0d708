// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timetext.h"
#include "contract/binder.h"
#include "contract/clustercodec.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace iam::contract {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr std::size_t maxClusterList = 10'000;
constexpr std::int64_t maxMilliseconds = std::int64_t{1000} * 3600 * 24 * 3650;

constexpr std::array<std::pair<VipVerdict, std::string_view>, 5> verdictTexts{{{VipVerdict::Unknown, "unknown"},
                                                                               {VipVerdict::Confirmed, "confirmed"},
                                                                               {VipVerdict::None, "none"},
                                                                               {VipVerdict::Double, "double"},
                                                                               {VipVerdict::Disputed, "disputed"}}};

// Writing. Numbers that nobody knows are null, never left out.

void writeOptional(JsonObjectWriter& object, std::string_view name, const std::optional<double>& value)
{
    std::string& out = object.raw(name);
    if (value && std::isfinite(*value))
        writeJsonNumber(out, *value);
    else
        out += "null";
}
void writeOptional(JsonObjectWriter& object, std::string_view name, const std::optional<bool>& value)
{
    object.raw(name) += !value ? "null" : *value ? "true" : "false";
}
void writeOptional(JsonObjectWriter& object, std::string_view name, const std::optional<std::uint64_t>& value)
{
    object.raw(name) += value ? std::to_string(*value) : "null";
}
void writeOptional(JsonObjectWriter& object, std::string_view name, const std::optional<Milliseconds>& value)
{
    object.raw(name) += value ? std::to_string(value->count()) : "null";
}
void writeAge(JsonObjectWriter& object, Age age)
{
    object.number("age_ms", std::int64_t{age.count()});
}

template <class T, class Write>
void writeList(JsonObjectWriter& object, std::string_view name, const std::vector<T>& list, Write write)
{
    std::string& out = object.raw(name);
    out += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) out += ',';
        write(out, list[i]);
    }
    out += ']';
}

void writeWitness(std::string& out, const ClusterWitness& witness)
{
    JsonObjectWriter object(out);
    object.text("what", witness.what).text("node", witness.node).text("says", witness.says);
    if (!witness.about.empty()) object.text("about", witness.about);
    writeAge(object, witness.age);
    writeOptional(object, "since_ms", witness.since);
}

void writeVip(std::string& out, const ClusterVip& vip)
{
    JsonObjectWriter object(out);
    object.text("address", vip.address)
        .text("owner", vip.owner)
        .text("verdict", vipVerdictText(vip.verdict))
        .text("reason", vip.reason);
    writeList(object, "witnesses", vip.witnesses, writeWitness);
}

void writeShare(std::string& out, const UpstreamShare& share)
{
    JsonObjectWriter object(out);
    object.text("domain", share.domain).text("backend", share.backend).number("requests", share.requests);
    writeOptional(object, "share", std::optional(share.share));
}

void writeService(std::string& out, const NodeService& service)
{
    JsonObjectWriter object(out);
    object.text("name", service.name);
    writeOptional(object, "healthy", service.healthy);
    writeAge(object, service.age);
    writeOptional(object, "requests_per_second", service.requestsPerSecond);
    writeOptional(object, "p50_ms", service.p50Milliseconds);
    writeOptional(object, "p99_ms", service.p99Milliseconds);
    writeOptional(object, "errors", service.errors);
    writeOptional(object, "share", service.share);
}

void writeVrrp(std::string& out, const NodeVrrp& vrrp)
{
    JsonObjectWriter object(out);
    object.text("state", vrrp.state);
    std::string& since = object.raw("since");
    if (vrrp.since)
        writeJsonString(since, toRfc3339(*vrrp.since));
    else
        since += "null";
    writeAge(object, vrrp.age);
}

void writeNginx(std::string& out, const NodeNginx& nginx)
{
    JsonObjectWriter object(out);
    object.text("state", nginx.state);
    writeAge(object, nginx.age);
    object.number("connections", nginx.connections);
    writeOptional(object, "requests_per_second", nginx.requestsPerSecond);
}

void writeNode(std::string& out, const ClusterNode& node)
{
    JsonObjectWriter object(out);
    object.text("name", node.name).text("address", node.address);
    writeOptional(object, "reachable", node.reachable);
    writeAge(object, node.age);
    writeVrrp(object.raw("vrrp"), node.vrrp);
    writeNginx(object.raw("nginx"), node.nginx);
    writeList(object, "upstreams", node.upstreams, writeShare);
    writeList(object, "services", node.services, writeService);
    writeOptional(object, "clock_offset_ms", node.clockOffset);
}

void writeDependency(std::string& out, const ClusterDependency& dependency)
{
    JsonObjectWriter object(out);
    object.text("name", dependency.name).text("address", dependency.address);
    writeOptional(object, "healthy", dependency.healthy);
    writeAge(object, dependency.age);
}

void writeStatus(std::string& out, const ClusterStatus& status)
{
    JsonObjectWriter object(out);
    writeVip(object.raw("vip"), status.vip);
    writeList(object, "nodes", status.nodes, writeNode);
    writeList(object, "dependencies", status.dependencies, writeDependency);
    object.text("answered_by", status.answeredBy)
        .text("api_domain", status.apiDomain)
        .number("http_port", int{status.httpPort})
        .boolean("tls", status.tls)
        .text("verify_key", status.verifyKey);
}

void writeEvent(std::string& out, const ClusterEvent& event)
{
    JsonObjectWriter object(out);
    object.number("sequence", event.sequence)
        .text("time", toRfc3339(event.time))
        .text("node", event.node)
        .text("kind", event.kind)
        .text("from", event.from)
        .text("to", event.to)
        .text("cause", event.cause);
    writeList(object, "evidence", event.evidence, writeWitness);
    writeOptional(object, "interruption_ms", event.interruption);
    object.number("error_ms", std::int64_t{event.error.count()});
}

// Reading.

using Set = Binder::Set;

Set duration(Binder& binder, Milliseconds& out)
{
    return [&binder, &out](const Json& value, const std::string& path) {
        std::int64_t ms = out.count();
        binder.integer(ms)(value, path);
        out = Milliseconds(std::clamp(ms, -maxMilliseconds, maxMilliseconds));
    };
}
Set optionalDuration(Binder& binder, std::optional<Milliseconds>& out)
{
    return [&binder, &out](const Json& value, const std::string& path) {
        if (value.isNull()) return out.reset();
        duration(binder, out.emplace())(value, path);
    };
}
Set number(Binder& binder, std::optional<double>& out)
{
    return [&binder, &out](const Json& value, const std::string& path) {
        if (value.isNull()) return out.reset();
        if (!value.isNumber()) return binder.fault(path, "must be a number");
        out = value.toDouble();
    };
}
Set flag(Binder& binder, std::optional<bool>& out)
{
    return [&binder, &out](const Json& value, const std::string& path) {
        if (value.isNull()) return out.reset();
        binder.boolean(out.emplace())(value, path);
    };
}
Set count(Binder& binder, std::optional<std::uint64_t>& out)
{
    return [&binder, &out](const Json& value, const std::string& path) {
        if (value.isNull()) return out.reset();
        binder.integer(out.emplace())(value, path);
    };
}

template <class T, class Bind>
Set listOf(Binder& binder, std::vector<T>& out, Bind bind)
{
    return [&binder, &out, bind](const Json& value, const std::string& path) {
        if (value.isNull()) return;
        const Json::Array* array = value.array();
        if (array == nullptr) return binder.fault(path, "must be a list");
        if (array->size() > maxClusterList) return binder.fault(path, "is too long");
        out.clear();
        for (std::size_t i = 0; i < array->size(); ++i)
            bind(binder, (*array)[i], path + '[' + std::to_string(i) + ']', out.emplace_back());
    };
}

void bindWitness(Binder& binder, const Json& json, const std::string& path, ClusterWitness& witness)
{
    binder.object(json, path,
                  {{"what", binder.text(witness.what)},
                   {"node", binder.text(witness.node)},
                   {"says", binder.text(witness.says)},
                   {"about", binder.text(witness.about)},
                   {"age_ms", duration(binder, witness.age)},
                   {"since_ms", optionalDuration(binder, witness.since)}});
}

void bindVip(Binder& binder, const Json& json, const std::string& path, ClusterVip& vip)
{
    std::string verdict(vipVerdictText(vip.verdict));
    binder.object(json, path,
                  {{"address", binder.text(vip.address)},
                   {"owner", binder.text(vip.owner)},
                   {"verdict", binder.text(verdict)},
                   {"reason", binder.text(vip.reason)},
                   {"witnesses", listOf(binder, vip.witnesses, bindWitness)}});
    // A word of a newer server is no verdict that this one could stand behind.
    vip.verdict = vipVerdictFromText(verdict).value_or(VipVerdict::Unknown);
}

void bindShare(Binder& binder, const Json& json, const std::string& path, UpstreamShare& share)
{
    std::optional<double> part;
    binder.object(json, path,
                  {{"domain", binder.text(share.domain)},
                   {"backend", binder.text(share.backend)},
                   {"requests", binder.integer(share.requests)},
                   {"share", number(binder, part)}});
    share.share = part.value_or(0);
}

void bindService(Binder& binder, const Json& json, const std::string& path, NodeService& service)
{
    binder.object(json, path,
                  {{"name", binder.text(service.name)},
                   {"healthy", flag(binder, service.healthy)},
                   {"age_ms", duration(binder, service.age)},
                   {"requests_per_second", number(binder, service.requestsPerSecond)},
                   {"p50_ms", number(binder, service.p50Milliseconds)},
                   {"p99_ms", number(binder, service.p99Milliseconds)},
                   {"errors", count(binder, service.errors)},
                   {"share", number(binder, service.share)}});
}

void bindNode(Binder& binder, const Json& json, const std::string& path, ClusterNode& node)
{
    const auto bindVrrp = [&binder, &node](const Json& value, const std::string& at) {
        binder.object(value, at,
                      {{"state", binder.text(node.vrrp.state)},
                       {"since", binder.time(node.vrrp.since)},
                       {"age_ms", duration(binder, node.vrrp.age)}});
    };
    const auto bindNginx = [&binder, &node](const Json& value, const std::string& at) {
        binder.object(value, at,
                      {{"state", binder.text(node.nginx.state)},
                       {"age_ms", duration(binder, node.nginx.age)},
                       {"connections", binder.integer(node.nginx.connections)},
                       {"requests_per_second", number(binder, node.nginx.requestsPerSecond)}});
    };
    binder.object(json, path,
                  {{"name", binder.text(node.name)},
                   {"address", binder.text(node.address)},
                   {"reachable", flag(binder, node.reachable)},
                   {"age_ms", duration(binder, node.age)},
                   {"vrrp", bindVrrp},
                   {"nginx", bindNginx},
                   {"upstreams", listOf(binder, node.upstreams, bindShare)},
                   {"services", listOf(binder, node.services, bindService)},
                   {"clock_offset_ms", optionalDuration(binder, node.clockOffset)}});
}

void bindDependency(Binder& binder, const Json& json, const std::string& path, ClusterDependency& dependency)
{
    binder.object(json, path,
                  {{"name", binder.text(dependency.name)},
                   {"address", binder.text(dependency.address)},
                   {"healthy", flag(binder, dependency.healthy)},
                   {"age_ms", duration(binder, dependency.age)}});
}

void bindStatus(Binder& binder, const Json& json, const std::string& path, ClusterStatus& status)
{
    int port = status.httpPort;
    binder.object(json, path,
                  {{"vip", [&](const Json& value, const std::string& at) { bindVip(binder, value, at, status.vip); }},
                   {"nodes", listOf(binder, status.nodes, bindNode)},
                   {"dependencies", listOf(binder, status.dependencies, bindDependency)},
                   {"answered_by", binder.text(status.answeredBy)},
                   {"api_domain", binder.text(status.apiDomain)},
                   {"http_port", binder.integer(port)},
                   {"tls", binder.boolean(status.tls)},
                   {"verify_key", binder.text(status.verifyKey)}});
    if (port < 0 || port > 65535) return binder.fault(joinPath(path, "http_port"), "must be a port");
    status.httpPort = static_cast<std::uint16_t>(port);
}

void bindEvent(Binder& binder, const Json& json, const std::string& path, ClusterEvent& event)
{
    binder.object(json, path,
                  {{"sequence", binder.integer(event.sequence)},
                   {"time", binder.time(event.time)},
                   {"node", binder.text(event.node)},
                   {"kind", binder.text(event.kind)},
                   {"from", binder.text(event.from)},
                   {"to", binder.text(event.to)},
                   {"cause", binder.text(event.cause)},
                   {"evidence", listOf(binder, event.evidence, bindWitness)},
                   {"interruption_ms", optionalDuration(binder, event.interruption)},
                   {"error_ms", duration(binder, event.error)}});
}

template <class T, class Bind>
Result<T> decodeWith(std::string_view body, Bind bind)
{
    const Result<Json> json = parseWholeJson(body, 64);
    if (!json) return fail(json);
    T value;
    Binder binder;
    if (json->object() == nullptr) binder.fault("", "must be an object");
    bind(binder, *json, std::string(), value);
    if (!binder.ok()) return binder.failure();
    return value;
}

template <class T, class Write>
std::string encodeWith(const T& value, Write write)
{
    std::string out;
    write(out, value);
    return out;
}

} // namespace

std::string_view vipVerdictText(VipVerdict verdict) noexcept
{
    for (const auto& [known, text] : verdictTexts)
        if (known == verdict) return text;
    return "unknown";
}

std::optional<VipVerdict> vipVerdictFromText(std::string_view text) noexcept
{
    for (const auto& [verdict, known] : verdictTexts)
        if (known == text) return verdict;
    return std::nullopt;
}

std::string encodeClusterStatus(const ClusterStatus& status)
{
    return encodeWith(status, writeStatus);
}

Result<ClusterStatus> decodeClusterStatus(std::string_view body)
{
    return decodeWith<ClusterStatus>(body, bindStatus);
}

std::string encodeClusterEvent(const ClusterEvent& event)
{
    return encodeWith(event, writeEvent);
}

Result<ClusterEvent> decodeClusterEvent(std::string_view body)
{
    return decodeWith<ClusterEvent>(body, bindEvent);
}

std::string encodeClusterEvents(const RecordPage<ClusterEvent>& page)
{
    std::string out;
    {
        JsonObjectWriter object(out);
        writeList(object, "items", page.items, writeEvent);
        object.text("next", page.next);
    }
    return out;
}

Result<RecordPage<ClusterEvent>> decodeClusterEvents(std::string_view body)
{
    return decodeWith<RecordPage<ClusterEvent>>(body, [](Binder& binder, const Json& json, const std::string& path,
                                                         RecordPage<ClusterEvent>& page) {
        binder.object(json, path, {{"items", listOf(binder, page.items, bindEvent)}, {"next", binder.text(page.next)}});
    });
}

std::string encodeClusterView(const ClusterView& view)
{
    std::string out;
    {
        JsonObjectWriter object(out);
        writeStatus(object.raw("status"), view.status);
        writeList(object, "events", view.events, writeEvent);
        object.number("sequence", view.sequence);
    }
    return out;
}

Result<ClusterView> decodeClusterView(std::string_view body)
{
    return decodeWith<ClusterView>(body,
                                   [](Binder& binder, const Json& json, const std::string& path, ClusterView& view) {
                                       const auto status = [&](const Json& value, const std::string& at) {
                                           bindStatus(binder, value, at, view.status);
                                       };
                                       binder.object(json, path,
                                                     {{"status", status},
                                                      {"events", listOf(binder, view.events, bindEvent)},
                                                      {"sequence", binder.integer(view.sequence)}});
                                   });
}

std::string encodeNodeReport(const NodeReport& report)
{
    std::string out;
    {
        JsonObjectWriter object(out);
        writeNode(object.raw("node"), report.node);
        writeList(object, "words", report.words, writeWitness);
    }
    return out;
}

Result<NodeReport> decodeNodeReport(std::string_view body)
{
    return decodeWith<NodeReport>(body, [](Binder& binder, const Json& json, const std::string& path,
                                           NodeReport& report) {
        const auto node = [&](const Json& value, const std::string& at) { bindNode(binder, value, at, report.node); };
        binder.object(json, path, {{"node", node}, {"words", listOf(binder, report.words, bindWitness)}});
    });
}

} // namespace iam::contract
