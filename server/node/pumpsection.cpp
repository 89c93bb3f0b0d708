// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/pumpsection.h"
#include "base/bytes.h"
#include "records/pump/recordshape.h"
#include "records/sinks/makesink.h"
#include <algorithm>

namespace iam::node {
namespace {

using namespace std::chrono_literals;
using records::SinkConfig;

constexpr std::size_t longestName = 64;

bool isName(std::string_view text)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    return !text.empty() && text.size() <= longestName && text.find_first_not_of(plain) == std::string_view::npos;
}

Result<std::string> toMaskField(const std::string& text)
{
    SinkConfig config;
    config.maskFields = {text};
    config.maskWith = SinkConfig::Mask::Stars;
    if (const auto shape = records::RecordShape::make(config, nullptr); !shape) return fail(shape);
    return text;
}

SinkConfig readSink(ConfigReader& reader, const std::string& at, std::vector<FieldFault>& faults)
{
    SinkConfig sink;
    reader.string(at + "type", sink.type, false);
    if (!reader.isGiven(at + "type")) reader.fault(at + "type", "says what kind of sink this is, and is missing");
    sink.name = sink.type;
    reader.string(at + "name", sink.name, false);
    if (!sink.name.empty() && !isName(sink.name))
        reader.fault(at + "name", "must be letters, digits, - and _, at most 64 of them");
    reader.list(at + "filters.usernames", sink.usernames);
    reader.list(at + "filters.skip_usernames", sink.skipUsernames); // as the old system's guide spelled it
    reader.list(at + "filters.skip-usernames", sink.skipUsernames);
    reader.duration(at + "timeout", sink.timeout, 100ms, 60s);
    reader.boolean(at + "omit-detailed-recording", sink.omitDetailedRecording);
    reader.list<std::string>(at + "mask", sink.maskFields, toMaskField,
                             "owner, subject, resource, requestId, context or context.KEY");
    reader.choice<SinkConfig::Mask>(at + "mask-with", sink.maskWith,
                                    {{"hash", SinkConfig::Mask::Hash}, {"stars", SinkConfig::Mask::Stars}});
    sink.meta = reader.below(at + "meta");
    if (!reader.isGiven(at + "type")) return sink;
    for (FieldFault& fault : records::checkSink(sink)) {
        // Of an option: where it stands, then its key; of the type: its key.
        const bool ofType = fault.field == "type";
        if (ofType)
            reader.fault(at + "type", fault.message);
        else
            faults.push_back({fault.field, at + "meta." + fault.message});
    }
    return sink;
}

} // namespace

std::vector<FieldFault> readPumpSection(ConfigReader& reader, PumpSection& section, bool isPump)
{
    std::vector<FieldFault> faults;
    reader.address("pump.bind-address", section.bindAddress);
    reader.port("pump.bind-port", section.bindPort);
    reader.size("pump.dead-letters.max-size", section.deadLetterSize, MiB, 1024 * MiB);
    reader.integer("pump.dead-letters.max-files", section.deadLetterFiles, 2, 1000);
    reader.boolean("pump.drain-legacy-queue", section.drainLegacyQueue);
    const std::size_t count = reader.sections("pump.sinks");
    for (std::size_t i = 0; i < count; ++i) {
        const std::string at = "pump.sinks[" + std::to_string(i) + "].";
        SinkConfig sink = readSink(reader, at, faults);
        const auto same = [&sink](const SinkConfig& other) { return other.name == sink.name; };
        if (!sink.name.empty() && std::any_of(section.sinks.begin(), section.sinks.end(), same))
            reader.fault(at + (reader.isGiven(at + "name") ? "name" : "type"),
                         "another sink is called \"" + sink.name + "\"; give this one a name of its own");
        const auto alsoScraped = [](const SinkConfig& other) { return other.type == "prometheus"; };
        if (alsoScraped(sink) && std::any_of(section.sinks.begin(), section.sinks.end(), alsoScraped))
            reader.fault(at + "type", "one sink counts for /metrics already");
        section.sinks.push_back(std::move(sink));
    }
    if (isPump && count == 0)
        reader.fault("pump.sinks", "is needed by the role pump: a list of where decision records go");
    return faults;
}

} // namespace iam::node
