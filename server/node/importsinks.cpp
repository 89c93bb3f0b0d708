// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/importsinks.h"
#include "base/configvalue.h"
#include "base/text.h"
#include "records/sinks/makesink.h"
#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace iam::node {
namespace {

using records::SinkConfig;

/// An option of an old sink.
struct OldOption {
    std::string_view name;
    std::string_view why{};  ///< not carried over; empty: it is
    std::uint64_t least = 0; ///< of a number of bytes, whose 0 meant the default
    std::uint64_t most = 0;  ///< likewise; 0: it is none
};

constexpr std::string_view neverUnverified = "is not carried over: the server's certificate is always verified";
constexpr std::string_view neverCapped =
    "is not carried over: a capped collection throws records away without a word, and one that is there stays capped, "
    "so name a new one in collection_name";
constexpr std::string_view inOwnMetrics = "the counters stand in the pump's own /metrics, beside its health";

constexpr std::array csvOptions{OldOption{"csv_dir"}};
constexpr std::array mongoOptions{OldOption{"mongo_url"},
                                  OldOption{"collection_name"},
                                  OldOption{"mongo_use_ssl"},
                                  OldOption{"mongo_ssl_ca_file"},
                                  OldOption{"mongo_ssl_pem_keyfile"},
                                  OldOption{"mongo_db_type"},
                                  OldOption{"max_insert_batch_size_bytes", {}, 1024, std::uint64_t{40} * 1024 * 1024},
                                  OldOption{"max_document_size_bytes", {}, 1024, std::uint64_t{15} * 1024 * 1024},
                                  OldOption{"mongo_ssl_insecure_skip_verify", neverUnverified},
                                  OldOption{"mongo_ssl_allow_invalid_hostnames", neverUnverified},
                                  OldOption{"collection_cap_enable", neverCapped},
                                  OldOption{"collection_cap_max_size_bytes", neverCapped}};
constexpr std::array prometheusOptions{OldOption{"listen_address", inOwnMetrics}, OldOption{"path", inOwnMetrics}};
constexpr std::array syslogOptions{OldOption{"transport"}, OldOption{"network_addr"}, OldOption{"log_level"},
                                   OldOption{"tag"}};

struct OldType {
    std::string_view name;
    std::span<const OldOption> options;
    std::string_view note{}; ///< what is not as it was
};

constexpr std::array<OldType, 5> oldTypes{{
    {"csv", csvOptions},
    {"dummy", {}},
    {"mongo", mongoOptions, "its options are read here only, not from variables PMP_MONGO_…"},
    {"prometheus", prometheusOptions},
    {"syslog", syslogOptions, "messages have the form of RFC 5424, with the record as JSON"},
}};

/// One file's sinks on their way.
class SinkImport {
public:
    SinkImport(ConfigReader& old, const ConfigValues& values, const ImportComment& comment,
               std::vector<FieldFault>& faults)
        : m_old(old)
        , m_values(values)
        , m_comment(comment)
        , m_faults(faults)
    {
    }

    std::string run()
    {
        m_old.boolean("omit-detailed-recording", m_omit);
        if (m_omit)
            m_comment("omit-detailed-recording",
                      "is carried over to each sink: context, reason and deciders are left out");
        const std::vector<std::string> sinks = names();
        for (const std::string& name : sinks) take(name);
        // Unless told otherwise the old pump had this one; its reader of configurations kept it beside those of a file.
        if (sinks.empty() && !m_refused)
            takeDefault();
        else if (std::find(sinks.begin(), sinks.end(), "csv") == sinks.end())
            m_comment("pumps",
                      "the old pump may have written csv files to ./analytics-data, too: where they are wanted, "
                      "name a sink for them");
        if (m_lines.empty() && !m_refused)
            m_old.fault("pumps", "none of its sinks is there in this system, and a pump needs one: name one of type "
                                 "csv, dummy, mongo, prometheus or syslog beside them");
        return "  sinks:\n" + m_lines;
    }

private:
    void takeDefault()
    {
        m_old.know("pumps");
        SinkConfig csv;
        csv.name = csv.type = "csv";
        csv.omitDetailedRecording = m_omit;
        csv.meta["csv_dir"].scalar = "./analytics-data";
        write(csv);
    }

    /// The sinks, in the order of the file. A name with a dot cannot be told from a section.
    std::vector<std::string> names()
    {
        std::vector<std::pair<int, std::string>> found;
        std::string dotted;
        if (const auto all = m_values.find("pumps"); all != m_values.end() &&
                                                     all->second.kind != ConfigValue::Kind::Null &&
                                                     all->second.kind != ConfigValue::Kind::Section)
            refuse("pumps", "takes a section");
        for (auto at = m_values.lower_bound("pumps."); at != m_values.end() && at->first.starts_with("pumps."); ++at) {
            const auto& [key, value] = *at;
            const std::string name = key.substr(6);
            const std::string first = name.substr(0, name.find('.'));
            if (first != name && !m_values.contains("pumps." + first) && std::exchange(dotted, first) != first)
                refuse(key, "a name with a dot in it is not taken; give the sink another");
            if (first != name) continue;
            if (value.kind != ConfigValue::Kind::Section && value.kind != ConfigValue::Kind::Null)
                refuse(key, "takes a section");
            else
                found.emplace_back(value.origin.line, name);
        }
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<std::string> names;
        for (auto& [line, name] : found) names.push_back(std::move(name));
        return names;
    }

    void refuse(const std::string& key, const std::string& message)
    {
        m_old.fault(key, message);
        m_refused = true;
    }

    void take(const std::string& key)
    {
        const std::string section = "pumps." + key;
        const std::string at = section + '.';
        m_old.know(section);
        SinkConfig sink;
        sink.type = text::lowered(key);
        std::string type;
        m_old.string(at + "type", type);
        if (!type.empty()) sink.type = type;
        const auto* const known =
            std::find_if(oldTypes.begin(), oldTypes.end(), [&](const OldType& one) { return one.name == sink.type; });
        if (known == oldTypes.end())
            return leaveOut(section, "is left out: there is no sink of its type; one of type csv, sql, syslog or mongo "
                                     "can hold the records for it");
        if (sink.type == "prometheus" && std::exchange(m_prometheus, true))
            return leaveOut(section, "is left out: the pump has one sink for its own /metrics");
        if (!known->note.empty()) m_comment(section, known->note);
        sink.name = nameFor(key, section);
        takeFilters(at + "filters.", sink);
        takeTimeout(at + "timeout", sink);
        sink.omitDetailedRecording = m_omit;
        bool omit = false;
        m_old.boolean(at + "omit-detailed-recording", omit);
        if (omit) sink.omitDetailedRecording = true;
        takeMeta(at + "meta", known->options, sink);
        for (const FieldFault& fault : records::checkSink(sink)) {
            m_faults.push_back({fault.field, at + "meta." + fault.message});
            m_refused = true;
        }
        write(sink);
    }

    void leaveOut(const std::string& section, std::string_view why)
    {
        m_comment(section, why);
        for (auto at = m_values.lower_bound(section + '.');
             at != m_values.end() && at->first.starts_with(section + '.'); ++at)
            m_old.know(at->first);
    }

    /// Ours are plain, and each is there once.
    std::string nameFor(const std::string& key, const std::string& section)
    {
        constexpr std::size_t longest = 60; // a number has room behind it
        std::string name = key.substr(0, longest);
        std::replace_if(
            name.begin(), name.end(),
            [](char c) {
                return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                         c == '_');
            },
            '-');
        const std::string plain = name;
        for (int number = 2; std::find(m_names.begin(), m_names.end(), name) != m_names.end(); ++number)
            name = plain + '-' + std::to_string(number);
        if (name != key) m_comment(section, "is called " + name + " now");
        m_names.push_back(name);
        return name;
    }

    void takeFilters(const std::string& at, SinkConfig& sink)
    {
        m_old.list(at + "usernames", sink.usernames);
        // Its guide called it one way, its code looked for another, so the first had no effect.
        for (const char* spelling : {"skip_usernames", "skip-usernames", "skippedusernames"}) {
            std::vector<std::string> names;
            m_old.list(at + spelling, names);
            if (names.empty()) continue;
            if (spelling != std::string_view("skippedusernames"))
                m_comment(at + spelling, "is carried over, and is heeded now: the old pump read skippedusernames only");
            sink.skipUsernames.insert(sink.skipUsernames.end(), names.begin(), names.end());
        }
    }

    void takeTimeout(const std::string& key, SinkConfig& sink)
    {
        constexpr int most = 60;
        int seconds = -1;
        m_old.integer(key, seconds, 0, 1'000'000'000);
        if (seconds == 0) m_comment(key, "0 meant no limit: a write that takes longer than 5 s comes again");
        if (seconds > most) m_comment(key, "is 60s now, the longest there is: a write that takes longer comes again");
        if (seconds > 0) sink.timeout = std::chrono::seconds(std::min(seconds, most));
    }

    void takeMeta(const std::string& section, std::span<const OldOption> options, SinkConfig& sink)
    {
        for (const auto& [key, value] : m_old.below(section)) {
            const std::string whole = section + '.' + key;
            const auto* const known = optionNamed(options, key);
            if (known == nullptr) {
                if (value.kind != ConfigValue::Kind::Section)
                    m_comment(whole, "is not an option of the old system's sink either");
            } else if (!known->why.empty()) {
                m_comment(whole, known->why);
            } else if (value.kind == ConfigValue::Kind::Null ||
                       (value.kind == ConfigValue::Kind::Scalar && value.scalar.empty())) {
                // An empty one was none.
            } else if (sink.type == "syslog" && key == "log_level" && value.scalar == "0") {
                m_comment(whole, "0 is the kernel's emergency, which calls everybody who is logged in: it is 86 now, "
                                 "the information of an authorization");
            } else {
                ConfigValue taken = value;
                if (known->most > 0 && !fit(whole, *known, taken)) continue;
                sink.meta.emplace(key, std::move(taken));
            }
        }
    }

    static const OldOption* optionNamed(std::span<const OldOption> options, std::string_view name)
    {
        const auto found =
            std::find_if(options.begin(), options.end(), [&](const OldOption& one) { return one.name == name; });
        return found == options.end() ? nullptr : &*found;
    }

    /// A number of bytes within what we take; false: it meant the default.
    bool fit(const std::string& key, const OldOption& option, ConfigValue& value)
    {
        const auto number = parseInteger(value.scalar);
        if (!number) return true; // a fault of the sink's
        if (*number <= 0) return false;
        const auto bytes = static_cast<std::uint64_t>(*number);
        const std::uint64_t fitting = std::clamp(bytes, option.least, option.most);
        if (fitting != bytes) m_comment(key, "is " + std::to_string(fitting) + " now, as near as can be");
        value.scalar = std::to_string(fitting);
        return true;
    }

    void write(const SinkConfig& sink)
    {
        m_lines += "    - name: " + yamlQuoted(sink.name) + "\n      type: " + sink.type + '\n';
        if (!sink.usernames.empty() || !sink.skipUsernames.empty()) m_lines += "      filters:\n";
        m_lines += listLines("        ", "usernames", sink.usernames);
        m_lines += listLines("        ", "skip-usernames", sink.skipUsernames);
        if (sink.timeout != SinkConfig().timeout) m_lines += "      timeout: " + formatDuration(sink.timeout) + '\n';
        if (sink.omitDetailedRecording) m_lines += "      omit-detailed-recording: true\n";
        if (!sink.meta.empty()) m_lines += "      meta:\n";
        for (const auto& [key, value] : sink.meta) m_lines += "        " + key + ": " + yamlQuoted(value.scalar) + '\n';
    }

    ConfigReader& m_old;
    const ConfigValues& m_values;
    const ImportComment& m_comment;
    std::vector<FieldFault>& m_faults;
    std::string m_lines;
    std::vector<std::string> m_names;
    bool m_omit = false;
    bool m_prometheus = false;
    bool m_refused = false; ///< there is a fault of some sink
};

} // namespace

std::string importSinks(ConfigReader& old, const ConfigValues& values, const ImportComment& comment,
                        std::vector<FieldFault>& faults)
{
    return SinkImport(old, values, comment, faults).run();
}

} // namespace iam::node
