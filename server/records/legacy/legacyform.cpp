// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/legacy/legacyform.h"
#include "base/text.h"
#include "contract/decision.h"
#include "contract/json.h"
#include <chrono>

namespace iam::records {

namespace {

using contract::DecisionRecord;
using contract::Json;

constexpr std::chrono::seconds lifetime = std::chrono::hours(24) * 365 * 100; // what the old system calls 100 years
constexpr std::int64_t yearTenThousand = 253'402'300'800;
constexpr int deepestRequest = 64;
constexpr const char* nothingAllowed = "no policy allowed access";
constexpr std::string_view forcefully = "forcefully denied";

std::string inRow(const std::vector<std::string>& names, std::size_t count)
{
    std::string row;
    for (std::size_t i = 0; i < count; ++i) row += (i > 0 ? ", " : "") + names[i];
    return row;
}

/// The sentence; nothing when the old system records no such decision.
std::optional<std::string> concluded(const DecisionRecord& record)
{
    const auto& deciders = record.deciders;
    if (record.allowed) return "policies " + inRow(deciders, deciders.size()) + " allow access";
    if (record.reason == contract::reasonDefault) return nothingAllowed;
    if (record.reason != contract::reasonForced || deciders.empty()) return {};
    const std::string& last = deciders.back();
    if (deciders.size() == 1) return "policy " + last + " forcefully denied the access";
    return "policies " + inRow(deciders, deciders.size() - 1) + " allow access, but policy " + last +
           " forcefully denied it";
}

std::string requestOf(const DecisionRecord& record)
{
    std::string text;
    {
        contract::JsonObjectWriter object(text);
        object.text("resource", record.resource).text("action", record.action).text("subject", record.subject);
        object.raw("context") += record.context.empty() ? "{}" : record.context;
    }
    return text;
}

Result<> takeRequest(const std::string& text, DecisionRecord& record)
{
    const auto request = contract::parseJson(text, deepestRequest);
    if (!request || request->object() == nullptr)
        return fail(Code::DecodingFailed, "the record's request is no JSON object");
    const auto take = [&](const char* name, std::string& member) {
        const Json* const value = request->find(name);
        if (value == nullptr || value->isNull()) return true;
        if (value->string() == nullptr) return false;
        member = *value->string();
        return true;
    };
    if (!take("subject", record.subject) || !take("action", record.action) || !take("resource", record.resource))
        return fail(Code::DecodingFailed, "the record's request is none");
    if (const Json* const context = request->find("context"); context != nullptr && !context->isNull()) {
        if (context->object() == nullptr) return fail(Code::DecodingFailed, "the record's context is no JSON object");
        if (!context->object()->empty()) record.context = contract::writeJson(*context);
    }
    return {};
}

Result<> takeDeciders(const std::string& text, DecisionRecord& record)
{
    if (text.empty()) return {}; // left out, as the old pump can be told to
    const auto deciders = contract::parseJson(text, deepestRequest);
    const auto* const list = deciders ? deciders->array() : nullptr;
    if (!deciders || (list == nullptr && !deciders->isNull()))
        return fail(Code::DecodingFailed, "the record's deciders are no JSON array");
    if (list == nullptr) return {};
    for (const Json& policy : *list) {
        const Json* const id = policy.find("id");
        if (id == nullptr || id->string() == nullptr)
            return fail(Code::DecodingFailed, "the record has a decider without an id");
        record.deciders.push_back(*id->string());
    }
    return {};
}

} // namespace

std::optional<LegacyRecord> toLegacy(const DecisionRecord& record, LegacyPolicies policies)
{
    auto conclusion = concluded(record);
    if (!conclusion) return {};
    LegacyRecord legacy;
    legacy.timeStamp = std::chrono::floor<std::chrono::seconds>(record.time).time_since_epoch().count();
    legacy.username = record.owner;
    legacy.effect = record.allowed ? "allow" : "deny";
    legacy.conclusion = std::move(*conclusion);
    legacy.request = requestOf(record);
    legacy.policies = std::move(policies.all);
    legacy.deciders = std::move(policies.deciders);
    legacy.expireAt.seconds = legacy.timeStamp + lifetime.count();
    return legacy;
}

Result<DecisionRecord> fromLegacy(const LegacyRecord& legacy)
{
    if (legacy.effect != "allow" && legacy.effect != "deny")
        return fail(Code::DecodingFailed, "the record's effect is neither allow nor deny");
    if (legacy.timeStamp < 0 || legacy.timeStamp >= yearTenThousand)
        return fail(Code::DecodingFailed, "the record's time is out of range");
    DecisionRecord record;
    record.time = TimePoint(std::chrono::seconds(legacy.timeStamp));
    record.owner = text::toUtf8(legacy.username);
    record.allowed = legacy.effect == "allow";
    if (auto done = takeRequest(legacy.request, record); !done) return fail(done);
    if (auto done = takeDeciders(legacy.deciders, record); !done) return fail(done);
    if (record.allowed) return record;
    if (legacy.conclusion == nothingAllowed)
        record.reason = contract::reasonDefault;
    else if (legacy.conclusion.find(forcefully) != std::string::npos)
        record.reason = contract::reasonForced;
    else
        record.reason = text::toUtf8(legacy.conclusion);
    return record;
}

} // namespace iam::records
