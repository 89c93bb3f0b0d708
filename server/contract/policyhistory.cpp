// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/policyhistory.h"
#include "base/timetext.h"
#include "contract/codec.h"
#include "contract/objects.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace iam::contract {
namespace {

// A patch names each changed part by its whole path and costs far more than the texts it compares: an `extend` of
// megabytes, or of thousands of levels, must not become a patch of gigabytes.
constexpr std::size_t maxComparedBytes = 32 * 1024;
constexpr int maxComparedDepth = 100;

bool isComparable(const std::string& json)
{
    return json.size() <= maxComparedBytes && parseWholeJson(json, maxComparedDepth).has_value();
}

class PatchWriter {
public:
    /// Nullptr stands for a member that is not there.
    void compare(const std::string& path, const Json* from, const Json* to)
    {
        const std::string before = from != nullptr ? writeJson(*from) : std::string();
        const std::string after = to != nullptr ? writeJson(*to) : std::string();
        if (before == after) return;
        if (from == nullptr)
            operation("add", path, after);
        else if (to == nullptr)
            operation("remove", path, {});
        else if (isComparable(before) && isComparable(after))
            compareParts(path, before, after);
        else
            operation("replace", path, after);
    }
    [[nodiscard]] std::string text() const { return "[" + m_operations + "]"; }

private:
    void compareParts(const std::string& path, const std::string& before, const std::string& after)
    {
        const auto patch = nlohmann::json::diff(nlohmann::json::parse(before, nullptr, false),
                                                nlohmann::json::parse(after, nullptr, false), path);
        for (const auto& part : patch) {
            const auto value = part.find("value");
            operation(part.at("op").get<std::string>(), part.at("path").get<std::string>(),
                      value != part.end() ? value->dump() : std::string());
        }
    }
    void operation(const std::string& op, const std::string& path, const std::string& value)
    {
        if (!m_operations.empty()) m_operations += ',';
        JsonObjectWriter object(m_operations);
        object.text("op", op).text("path", path);
        if (!value.empty()) object.raw("value") += value;
    }

    std::string m_operations;
};

/// The extend as a policy's JSON shows it: left out when there is nothing in it.
const Json* shownExtend(const Policy& policy)
{
    const Json::Object* members = policy.metadata.extend.object();
    return members != nullptr && !members->empty() ? &policy.metadata.extend : nullptr;
}

Json documentJson(const Policy& policy)
{
    auto json = parseWholeJson(encodePolicyDocument(policy.policy));
    return json ? std::move(*json) : Json();
}

void writeVersion(std::string& out, const PolicyVersion& version)
{
    JsonObjectWriter(out)
        .number("version", version.number)
        .text("time", toRfc3339(version.time))
        .text("actor", version.actor.name)
        .text("address", version.actor.address)
        .text("requestID", version.actor.requestId)
        .text("action", version.action);
}

void bindVersion(Binder& binder, const Json& json, const std::string& path, PolicyVersion& version)
{
    binder.object(json, path,
                  {
                      {"version", binder.integer(version.number)},
                      {"time", binder.time(version.time)},
                      {"actor", binder.text(version.actor.name)},
                      {"address", binder.text(version.actor.address)},
                      {"requestID", binder.text(version.actor.requestId)},
                      {"action", binder.text(version.action)},
                  });
}

} // namespace

std::string policyPatch(const Policy& from, const Policy& to)
{
    PatchWriter patch;
    patch.compare("/metadata/extend", shownExtend(from), shownExtend(to));
    const Json before = documentJson(from);
    const Json after = documentJson(to);
    for (const auto& [name, value] : *after.object()) patch.compare("/policy/" + name, before.find(name), &value);
    return patch.text();
}

std::string encodePolicyVersions(const ListPage<PolicyVersion>& page)
{
    return encodeList(page, writeVersion);
}

Result<ListPage<PolicyVersion>> decodePolicyVersions(std::string_view body)
{
    return decodeList<PolicyVersion>(body, bindVersion);
}

std::string encodePolicyDiff(const PolicyDiff& diff)
{
    std::string out;
    JsonObjectWriter(out).number("from", diff.from).number("to", diff.to).raw("patch") += diff.patch;
    return out;
}

Result<PolicyDiff> decodePolicyDiff(std::string_view body)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    PolicyDiff diff;
    Binder binder;
    binder.object(*json, "",
                  {
                      {"from", binder.integer(diff.from)},
                      {"to", binder.integer(diff.to)},
                      {"patch", [&](const Json& value, const std::string&) { diff.patch = writeJson(value); }},
                  });
    if (!binder.ok()) return binder.failure();
    return diff;
}

Result<std::uint64_t> decodeRollback(std::string_view body)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    std::uint64_t version = 0;
    Binder binder;
    binder.object(*json, "", {{"version", binder.integer(version)}});
    if (!binder.ok()) return binder.failure();
    if (version == 0) return fail(Code::Validation, "no version given", {{"version", "is required"}});
    return version;
}

std::string encodeRollback(std::uint64_t version)
{
    std::string out;
    JsonObjectWriter(out).number("version", version);
    return out;
}

} // namespace iam::contract
