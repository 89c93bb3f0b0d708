// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timetext.h"
#include "contract/binder.h"
#include "contract/pump.h"

namespace iam::contract {
namespace {

void writeSinkStatus(std::string& out, const SinkStatus& sink)
{
    JsonObjectWriter object(out);
    object.text("source", sink.source)
        .text("sink", sink.sink)
        .text("type", sink.type)
        .text("state", sink.state)
        .number("since", sink.position.since)
        .number("sequence", sink.position.sequence)
        .number("taken", sink.position.taken)
        .number("deadLettered", sink.position.deadLettered)
        .number("filtered", sink.position.filtered);
    {
        JsonObjectWriter holes(object.raw("holes"));
        for (const auto& [cause, records] : sink.position.holes) holes.number(cause, records);
    }
    object.number("lagRecords", sink.lagRecords)
        .number("lag", std::int64_t{sink.lag.count()})
        .number("retries", sink.retries)
        .text("lastError", sink.lastError);
    if (sink.lastErrorAt) object.text("lastErrorAt", toRfc3339(*sink.lastErrorAt));
    object.text("written", toRfc3339(sink.written)).text("node", sink.node);
    if (sink.takenAt) object.text("takenAt", toRfc3339(*sink.takenAt));
    if (sink.nextTryAt) object.text("nextTryAt", toRfc3339(*sink.nextTryAt));
    object.text("deadLetterFile", sink.deadLetterFile).number("age", std::int64_t{sink.age.count()});
}

void bindHoles(Binder& binder, const Json& value, const std::string& path, SinkStatus& sink)
{
    if (value.object() == nullptr) return binder.fault(path, "must be an object");
    for (const auto& [cause, records] : *value.object())
        binder.integer(sink.position.holes[cause])(records, joinPath(path, cause));
}

void bindSinkStatus(Binder& binder, const Json& json, const std::string& path, SinkStatus& sink)
{
    std::int64_t lag = 0;
    std::int64_t age = 0;
    const auto holes = [&](const Json& value, const std::string& at) { bindHoles(binder, value, at, sink); };
    binder.object(json, path,
                  {
                      {"source", binder.text(sink.source)},
                      {"sink", binder.text(sink.sink)},
                      {"type", binder.text(sink.type)},
                      {"state", binder.text(sink.state)},
                      {"since", binder.integer(sink.position.since)},
                      {"sequence", binder.integer(sink.position.sequence)},
                      {"taken", binder.integer(sink.position.taken)},
                      {"deadLettered", binder.integer(sink.position.deadLettered)},
                      {"filtered", binder.integer(sink.position.filtered)},
                      {"holes", holes},
                      {"lagRecords", binder.integer(sink.lagRecords)},
                      {"lag", binder.integer(lag)},
                      {"retries", binder.integer(sink.retries)},
                      {"lastError", binder.text(sink.lastError)},
                      {"lastErrorAt", binder.time(sink.lastErrorAt)},
                      {"written", binder.time(sink.written)},
                      {"node", binder.text(sink.node)},
                      {"takenAt", binder.time(sink.takenAt)},
                      {"nextTryAt", binder.time(sink.nextTryAt)},
                      {"deadLetterFile", binder.text(sink.deadLetterFile)},
                      {"age", binder.integer(age)},
                  });
    sink.lag = std::chrono::milliseconds(lag);
    sink.age = std::chrono::milliseconds(age);
}

} // namespace

std::string encodeSinkStatuses(const std::vector<SinkStatus>& sinks)
{
    std::string out;
    {
        JsonObjectWriter object(out);
        std::string& items = object.raw("items");
        items += '[';
        for (std::size_t i = 0; i < sinks.size(); ++i) {
            if (i > 0) items += ',';
            writeSinkStatus(items, sinks[i]);
        }
        items += ']';
    }
    return out;
}

Result<std::vector<SinkStatus>> decodeSinkStatuses(std::string_view body)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    std::vector<SinkStatus> sinks;
    Binder binder;
    binder.object(*json, "", {{"items", [&](const Json& value, const std::string& path) {
                                   const Json::Array* array = value.array();
                                   if (array == nullptr) return binder.fault(path, "must be a list");
                                   for (const Json& item : *array)
                                       bindSinkStatus(binder, item, path, sinks.emplace_back());
                               }}});
    if (!binder.ok()) return binder.failure();
    return sinks;
}

} // namespace iam::contract
