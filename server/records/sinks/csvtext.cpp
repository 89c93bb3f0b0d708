// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/csvtext.h"
#include "records/sinks/oldform.h"
#include <ctime>

namespace iam::records {

namespace {

constexpr std::string_view formulaStarts = "=+-@\t";
constexpr std::string_view needQuotes = "\",\r\n";

} // namespace

void appendCsvField(std::string& out, std::string_view field)
{
    const bool formula = !field.empty() && formulaStarts.find(field.front()) != std::string_view::npos;
    if (!formula && field.find_first_of(needQuotes) == std::string_view::npos) {
        out += field;
        return;
    }
    out += '"';
    if (formula) out += '\'';
    for (std::size_t at = 0;;) {
        const std::size_t next = field.find_first_of("\"\r\n", at);
        out += field.substr(at, next - at);
        if (next == std::string_view::npos) break;
        out += field[next] == '"' ? "\"\"" : field[next] == '\n' ? "\\n" : "\\r";
        at = next + 1;
    }
    out += '"';
}

std::string_view csvHeader(bool identity)
{
    return identity
               ? "TimeStamp,Username,Effect,Conclusion,Request,Policies,Deciders,ExpireAt,Node,Sequence,RequestID\n"
               : "TimeStamp,Username,Effect,Conclusion,Request,Policies,Deciders,ExpireAt\n";
}

void CsvLines::append(std::string& out, const contract::DecisionRecord& record)
{
    const LegacyRecord old = toOldForm(record);
    out += std::to_string(old.timeStamp);
    for (const std::string* field :
         {&old.username, &old.effect, &old.conclusion, &old.request, &old.policies, &old.deciders}) {
        out += ',';
        appendCsvField(out, *field);
    }
    out += ',';
    appendTime(out, old.expireAt.seconds);
    if (m_identity) {
        out += ',';
        appendCsvField(out, record.node);
        out += ',' + std::to_string(record.sequence) + ',';
        appendCsvField(out, record.requestId);
    }
    out += '\n';
}

/// As Go prints a local time: "2006-01-02 15:04:05 -0700 MST".
void CsvLines::appendTime(std::string& out, std::int64_t seconds)
{
    if (seconds != m_second) { // records come in the order of time: many have the same second
        const std::time_t time = seconds;
        std::tm local{};
        char text[80];
        const std::size_t size = ::localtime_r(&time, &local) != nullptr
                                     ? std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %z %Z", &local)
                                     : 0;
        m_secondText.assign(text, size);
        m_second = seconds;
    }
    out += m_secondText;
}

} // namespace iam::records
