// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/csvsink.h"
#include <array>
#include <ctime>

namespace iam::records {

CsvOptions CsvOptions::read(ConfigReader& reader)
{
    CsvOptions options;
    reader.string("csv_dir", options.folder, false);
    reader.boolean("identity_columns", options.identity);
    if (options.folder.empty() && !reader.hasFault("csv_dir"))
        reader.fault("csv_dir", "names the folder and is missing");
    return options;
}

CsvSink::CsvSink(CsvOptions options, std::chrono::milliseconds timeout, const Clock& clock)
    : m_options(std::move(options))
    , m_timeout(timeout)
    , m_clock(clock)
    , m_lines(m_options.identity)
    , m_file(m_options.folder)
{
}

Result<> CsvSink::write(std::span<const contract::DecisionRecord> records)
{
    m_text.clear();
    for (const contract::DecisionRecord& record : records) m_lines.append(m_text, record);
    return m_file.append(csvName(m_clock.now()), csvHeader(m_options.identity), m_text, m_timeout);
}

std::string csvName(TimePoint time)
{
    // strftime(3) would follow the locale.
    static constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    std::tm local{};
    if (::localtime_r(&seconds, &local) == nullptr) local = {};
    return std::to_string(local.tm_year + 1900) + '-' + months.at(static_cast<std::size_t>(local.tm_mon)) + '-' +
           std::to_string(local.tm_mday) + '-' + std::to_string(local.tm_hour);
}

} // namespace iam::records
