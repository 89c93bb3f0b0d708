// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/json.h"
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace iam::bench {

using Rows = std::vector<contract::Json>;

/// The lines of a file, each a JSON object; none when there is no such file.
[[nodiscard]] Rows readRows(const std::string& file);
/// The benchmarks of a file of Google Benchmark's that ended without an error, and its "context".
[[nodiscard]] Rows readDecisions(const std::string& file, contract::Json& context);
[[nodiscard]] Rows ofPart(const Rows& rows, const std::string& part);

/// Empty or 0 when absent.
[[nodiscard]] std::string textOf(const contract::Json& row, const std::string& name);
[[nodiscard]] double numberOf(const contract::Json& row, const std::string& name);
[[nodiscard]] std::string shown(double number, int decimals);
[[nodiscard]] std::string joined(const std::vector<double>& numbers, int decimals);
/// For a cell of a table: as code, with nothing in it that would end the cell.
[[nodiscard]] std::string codeOf(const std::string& text);
[[nodiscard]] double mean(const std::vector<double>& numbers);

/// "decide/l/1000/index"
struct DecisionName {
    explicit DecisionName(const std::string& name);
    std::string data;
    bool indexed = false;
};

/// A table of Markdown.
class Table {
public:
    explicit Table(std::vector<std::string> heads) { m_lines.push_back(std::move(heads)); }
    void add(std::vector<std::string> cells) { m_lines.push_back(std::move(cells)); }
    void write(std::ostream& out) const;

private:
    std::vector<std::vector<std::string>> m_lines;
};

/// By label: (policies, microseconds). Drawn with both axes logarithmic and each curve named at its end.
using Curves = std::map<std::string, std::vector<std::pair<double, double>>>;
void writeCurves(std::ostream& out, const Curves& curves);

} // namespace iam::bench
