// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/makesink.h"
#include "base/configreader.h"
#include "records/sinks/csvsink.h"
#include "records/sinks/dummysink.h"
#include "records/sinks/mongosink.h"
#include "records/sinks/prometheussink.h"
#include "records/sinks/sqlsink.h"
#include "records/sinks/syslogsink.h"
#include <algorithm>
#include <array>

namespace iam::records {

namespace {

using MadeSink = std::unique_ptr<Sink>;

MadeSink makeCsv(ConfigReader& reader, const SinkConfig& config, const std::string&)
{
    static const SystemClock clock;
    return std::make_unique<CsvSink>(CsvOptions::read(reader), config.timeout, clock);
}

MadeSink makeDummy(ConfigReader&, const SinkConfig& config, const std::string&)
{
    return std::make_unique<DummySink>(config.name);
}

MadeSink makeMongo(ConfigReader& reader, const SinkConfig& config, const std::string&)
{
    return std::make_unique<MongoSink>(MongoOptions::read(reader), config.timeout);
}

MadeSink makePrometheus(ConfigReader& reader, const SinkConfig&, const std::string&)
{
    return std::make_unique<PrometheusSink>(PrometheusOptions::read(reader));
}

MadeSink makeSql(ConfigReader& reader, const SinkConfig& config, const std::string&)
{
    return std::make_unique<SqlSink>(SqlOptions::read(reader), config.timeout);
}

MadeSink makeSyslog(ConfigReader& reader, const SinkConfig& config, const std::string& node)
{
    SyslogOptions options = SyslogOptions::read(reader);
    options.head.node = node;
    return std::make_unique<SyslogSink>(std::move(options), config.timeout);
}

struct SinkType {
    std::string_view name;
    /// Reads the options and makes the sink, which touches nothing yet.
    MadeSink (*make)(ConfigReader& reader, const SinkConfig& config, const std::string& node);
};

constexpr std::array sinkTypes{SinkType{"csv", makeCsv},     SinkType{"dummy", makeDummy},
                               SinkType{"mongo", makeMongo}, SinkType{"prometheus", makePrometheus},
                               SinkType{"sql", makeSql},     SinkType{"syslog", makeSyslog}};

std::string typeNames()
{
    std::string names;
    for (const SinkType& type : sinkTypes) names.append(names.empty() ? "" : ", ").append(type.name);
    return names;
}

} // namespace

Result<std::unique_ptr<Sink>> makeSink(const SinkConfig& config, const std::string& node)
{
    const auto* const type =
        std::find_if(sinkTypes.begin(), sinkTypes.end(), [&](const SinkType& one) { return one.name == config.type; });
    if (type == sinkTypes.end())
        return fail(Code::Validation, "there is no such type of sink",
                    {{"type", "must be one of " + typeNames() + ", not \"" + config.type + "\""}});
    ConfigReader reader(ConfigFile{config.meta, {}}, {}, {});
    auto sink = type->make(reader, config, node);
    if (auto faults = reader.finish(); !faults.empty())
        return fail(Code::Validation, "the options of the sink are not as they must be", std::move(faults));
    return sink;
}

std::vector<FieldFault> checkSink(const SinkConfig& config)
{
    const auto made = makeSink(config, {});
    return made ? std::vector<FieldFault>() : made.error().faults;
}

} // namespace iam::records
