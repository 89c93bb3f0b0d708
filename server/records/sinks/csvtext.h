// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include <string>
#include <string_view>

namespace iam::records {

/// Appends a field of a CSV line (RFC 4180), quoted where that is needed. Two things are not written as they are: line
/// breaks become the two characters "\n" or "\r", so that a record is one line and a torn one can be told; a field that
/// a spreadsheet would take for a formula (it begins with = + - @ or a tab) gets an apostrophe in front.
void appendCsvField(std::string& out, std::string_view field);

/// The first line of a file, with its end. The columns are those of the system this one replaces; with `identity`
/// three more: by Node and Sequence a record that came twice is known.
[[nodiscard]] std::string_view csvHeader(bool identity);

/// Makes lines of records. One thread at a time.
class CsvLines {
public:
    explicit CsvLines(bool identity)
        : m_identity(identity)
    {
    }
    /// Appends the line of a record, with its end.
    void append(std::string& out, const contract::DecisionRecord& record);

private:
    void appendTime(std::string& out, std::int64_t seconds);

    const bool m_identity;
    std::int64_t m_second = -1; ///< which the text is of
    std::string m_secondText;
};

} // namespace iam::records
