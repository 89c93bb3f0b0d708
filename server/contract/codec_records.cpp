// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timetext.h"
#include "contract/binder.h"
#include "contract/codec.h"

namespace iam::contract {
namespace {

/// Stored JSON text as a value; `empty` stands for no text.
std::string_view orElse(const std::string& text, std::string_view empty)
{
    return text.empty() ? empty : std::string_view(text);
}

void writeDecisionRecord(std::string& out, const DecisionRecord& record)
{
    JsonObjectWriter object(out);
    object.text("time", toRfc3339(record.time))
        .text("owner", record.owner)
        .text("subject", record.subject)
        .text("action", record.action)
        .text("resource", record.resource);
    object.raw("context") += orElse(record.context, "{}");
    object.boolean("allowed", record.allowed)
        .text("reason", record.reason)
        .list("deciders", record.deciders)
        .text("requestID", record.requestId)
        .text("node", record.node)
        .number("sequence", record.sequence);
    if (record.snapshot != 0) object.number("snapshot", record.snapshot);
}

void writeChangeRecord(std::string& out, const ChangeRecord& record)
{
    JsonObjectWriter object(out);
    object.number("id", record.id)
        .text("time", toRfc3339(record.time))
        .text("actor", record.actor.name)
        .text("address", record.actor.address)
        .text("requestID", record.actor.requestId)
        .text("kind", record.kind)
        .text("action", record.action)
        .text("owner", record.owner)
        .text("name", record.name);
    object.raw("before") += orElse(record.before, "null");
    object.raw("after") += orElse(record.after, "null");
    if (record.objectId != 0) object.number("objectID", record.objectId).number("objectVersion", record.objectVersion);
}

template <class T, class Write>
std::string encodePage(const RecordPage<T>& page, Write write)
{
    std::string out;
    {
        JsonObjectWriter object(out);
        std::string& items = object.raw("items");
        items += '[';
        for (std::size_t i = 0; i < page.items.size(); ++i) {
            if (i > 0) items += ',';
            write(items, page.items[i]);
        }
        items += ']';
        object.text("next", page.next);
    }
    return out;
}

/// Keeps a JSON value as text; null becomes no text.
Binder::Set jsonText(std::string& out)
{
    return [&out](const Json& value, const std::string&) { out = value.isNull() ? std::string() : writeJson(value); };
}

void bindDecisionRecord(Binder& binder, const Json& json, const std::string& path, DecisionRecord& record)
{
    std::optional<std::vector<std::string>> deciders;
    binder.object(json, path,
                  {
                      {"time", binder.time(record.time)},
                      {"owner", binder.text(record.owner)},
                      {"subject", binder.text(record.subject)},
                      {"action", binder.text(record.action)},
                      {"resource", binder.text(record.resource)},
                      {"context", jsonText(record.context)},
                      {"allowed", binder.boolean(record.allowed)},
                      {"reason", binder.text(record.reason)},
                      {"deciders", binder.list(deciders)},
                      {"requestID", binder.text(record.requestId)},
                      {"node", binder.text(record.node)},
                      {"sequence", binder.integer(record.sequence)},
                      {"snapshot", binder.integer(record.snapshot)},
                  });
    record.deciders = std::move(deciders).value_or(std::vector<std::string>{});
}

void bindChangeRecord(Binder& binder, const Json& json, const std::string& path, ChangeRecord& record)
{
    binder.object(json, path,
                  {
                      {"id", binder.integer(record.id)},
                      {"time", binder.time(record.time)},
                      {"actor", binder.text(record.actor.name)},
                      {"address", binder.text(record.actor.address)},
                      {"requestID", binder.text(record.actor.requestId)},
                      {"kind", binder.text(record.kind)},
                      {"action", binder.text(record.action)},
                      {"owner", binder.text(record.owner)},
                      {"name", binder.text(record.name)},
                      {"before", jsonText(record.before)},
                      {"after", jsonText(record.after)},
                      {"objectID", binder.integer(record.objectId)},
                      {"objectVersion", binder.integer(record.objectVersion)},
                  });
}

template <class T, class Bind>
Result<RecordPage<T>> decodePage(std::string_view body, Bind bind)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    RecordPage<T> page;
    Binder binder;
    binder.object(*json, "",
                  {
                      {"next", binder.text(page.next)},
                      {"items",
                       [&](const Json& value, const std::string& path) {
                           const Json::Array* array = value.array();
                           if (array == nullptr) {
                               binder.fault(path, "must be a list");
                               return;
                           }
                           for (const Json& item : *array) bind(binder, item, path, page.items.emplace_back());
                       }},
                  });
    if (!binder.ok()) return binder.failure();
    return page;
}

} // namespace

std::string encodeDecisionRecord(const DecisionRecord& record)
{
    std::string out;
    writeDecisionRecord(out, record);
    return out;
}

std::string encodeDecisionRecords(const RecordPage<DecisionRecord>& page)
{
    return encodePage(page, writeDecisionRecord);
}

std::string encodeChangeRecords(const RecordPage<ChangeRecord>& page)
{
    return encodePage(page, writeChangeRecord);
}

Result<RecordPage<DecisionRecord>> decodeDecisionRecords(std::string_view body)
{
    return decodePage<DecisionRecord>(body, bindDecisionRecord);
}

Result<RecordPage<ChangeRecord>> decodeChangeRecords(std::string_view body)
{
    return decodePage<ChangeRecord>(body, bindChangeRecord);
}

} // namespace iam::contract
