// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::test {

using CsvRow = std::vector<std::string>;

/// A whole file in the form of RFC 4180 (with LF as end of line), read strictly: nothing when a quote stands where none
/// may, a row is not ended, or rows are not of the same length.
inline std::optional<std::vector<CsvRow>> readCsv(std::string_view text)
{
    std::vector<CsvRow> rows;
    std::size_t at = 0;
    while (at < text.size()) {
        CsvRow row;
        for (bool more = true; more;) {
            std::string field;
            if (at < text.size() && text[at] == '"') {
                for (++at;; ++at) {
                    if (at >= text.size()) return {};
                    if (text[at] != '"') {
                        field += text[at];
                        continue;
                    }
                    if (++at >= text.size() || text[at] != '"') break;
                    field += '"';
                }
            } else {
                while (at < text.size() && text[at] != ',' && text[at] != '\n') {
                    if (text[at] == '"' || text[at] == '\0') return {};
                    field += text[at++];
                }
            }
            if (at >= text.size() || (text[at] != ',' && text[at] != '\n')) return {};
            more = text[at++] == ',';
            row.push_back(std::move(field));
        }
        if (!rows.empty() && row.size() != rows.front().size()) return {};
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace iam::test
