// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/syslogmessage.h"
#include "base/timetext.h"
#include "contract/codec.h"

namespace iam::records {

namespace {

/// RFC 5424, 6: HOSTNAME and APP-NAME are printable ASCII without spaces, of at most so many bytes; "-" is none.
std::string headField(std::string_view text, std::size_t most)
{
    std::string field;
    for (const char c : text.substr(0, most)) field += c > ' ' && c < '\x7f' ? c : '_';
    return field.empty() ? "-" : field;
}

std::string beginOf(const SyslogHead& head, const contract::DecisionRecord& record)
{
    // RFC 5424, 7.3.1: from 1 to 2147483647, and from 1 on again.
    constexpr std::uint64_t mostSequence = 2147483647;
    const std::uint64_t sequence = record.sequence == 0 ? 1 : (record.sequence - 1) % mostSequence + 1;
    return '<' + std::to_string(head.priority) + ">1 " + toRfc3339(record.time) + ' ' +
           headField(record.node.empty() ? head.node : record.node, 255) + ' ' + headField(head.appName, 48) +
           " - decision [meta sequenceId=\"" + std::to_string(sequence) + "\"] ";
}

} // namespace

std::optional<std::string> syslogMessage(const SyslogHead& head, const contract::DecisionRecord& record,
                                         std::size_t limit)
{
    // Without a byte order mark: receivers show it as three odd characters, and take UTF-8 without it, too.
    std::string message = beginOf(head, record);
    const std::size_t begin = message.size();
    message += contract::encodeDecisionRecord(record);
    if (message.size() <= limit) return message;
    contract::DecisionRecord reduced = record;
    reduced.context.clear();
    reduced.deciders.clear();
    message.resize(begin);
    message += contract::encodeDecisionRecord(reduced);
    message.insert(begin + 1, "\"reduced\":true,");
    if (message.size() <= limit) return message;
    return {};
}

} // namespace iam::records
