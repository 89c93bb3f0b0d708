// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reporttable.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <numeric>

namespace iam::bench {

using contract::Json;

Rows readRows(const std::string& file)
{
    Rows rows;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (auto row = contract::parseWholeJson(line)) rows.push_back(std::move(*row));
    return rows;
}

Rows readDecisions(const std::string& file, Json& context)
{
    Rows rows;
    std::ifstream in(file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto all = contract::parseWholeJson(text);
    if (!all) return rows;
    if (const Json* found = all->find("context")) context = *found;
    const Json* benchmarks = all->find("benchmarks");
    if (!benchmarks || !benchmarks->array()) return rows;
    for (const Json& row : *benchmarks->array())
        if (row.find("median_ns")) rows.push_back(row);
    return rows;
}

Rows ofPart(const Rows& rows, const std::string& part)
{
    Rows found;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(found),
                 [&](const Json& row) { return textOf(row, "part") == part; });
    return found;
}

std::string textOf(const Json& row, const std::string& name)
{
    const Json* value = row.find(name);
    return value && value->string() ? *value->string() : std::string();
}

double numberOf(const Json& row, const std::string& name)
{
    const Json* value = row.find(name);
    return value ? value->toDouble() : 0;
}

std::string shown(double number, int decimals)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, number);
    return text;
}

std::string joined(const std::vector<double>& numbers, int decimals)
{
    std::string out;
    for (const double number : numbers) out += (out.empty() ? "" : " / ") + shown(number, decimals);
    return out;
}

std::string codeOf(const std::string& text)
{
    std::string out = "`";
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' ? "␊" : c == '`' ? "'" : std::string(1, c);
    }
    return out + '`';
}

double mean(const std::vector<double>& numbers)
{
    return numbers.empty() ? 0
                           : std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
}

DecisionName::DecisionName(const std::string& name)
{
    const std::size_t first = name.find('/');
    const std::size_t second = name.find('/', first + 1);
    const std::size_t third = name.find('/', second + 1);
    data = name.substr(first + 1, second - first - 1);
    const std::string policies = name.substr(second + 1, third - second - 1);
    if (policies.find('x') != std::string::npos)
        data += ", " + policies.substr(policies.find('x') + 1) + " owners × " + policies.substr(0, policies.find('x'));
    indexed = name.ends_with("/index");
}

void Table::write(std::ostream& out) const
{
    out << '\n';
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        out << '|';
        for (const std::string& cell : m_lines[i]) out << ' ' << cell << " |";
        out << '\n';
        if (i > 0) continue;
        out << '|';
        for (std::size_t k = 0; k < m_lines[i].size(); ++k) out << "---|";
        out << '\n';
    }
}

void writeCurves(std::ostream& out, const Curves& curves)
{
    constexpr double left = 70, right = 640, top = 30, bottom = 430;
    static const char* colours[] = {"#1b6ac9", "#c9571b", "#2d8a4e", "#8a2d83",
                                    "#7a6a00", "#00757a", "#b0203a", "#555555"};
    constexpr double fewest = 10, largest = 100'000, fastest = 0.1, slowest = 1e6;
    const auto x = [&](double policies) {
        return left + (right - left) * std::log10(policies / fewest) / std::log10(largest / fewest);
    };
    const auto y = [&](double time) {
        return bottom - (bottom - top) * std::log10(std::max(time, fastest) / fastest) / std::log10(slowest / fastest);
    };
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 860 480\" font-family=\"sans-serif\" "
           "font-size=\"12\">\n"
           "<rect width=\"860\" height=\"480\" fill=\"#ffffff\"/>\n"
           "<text x=\"70\" y=\"18\">Median of one decision in process, microseconds, by policies of one owner</text>\n";
    for (double time = fastest; time <= slowest * 1.01; time *= 10)
        out << "<path d=\"M" << left << ' ' << y(time) << "H" << right << "\" stroke=\"#dddddd\"/><text x=\"62\" y=\""
            << y(time) + 4 << "\" text-anchor=\"end\">" << (time < 1 ? "0.1" : shown(time, 0)) << "</text>\n";
    for (double policies = fewest; policies <= largest; policies *= 10)
        out << "<path d=\"M" << x(policies) << ' ' << top << "V" << bottom << "\" stroke=\"#eeeeee\"/><text x=\""
            << x(policies) << "\" y=\"448\" text-anchor=\"middle\">" << shown(policies, 0) << "</text>\n";
    std::vector<std::pair<double, std::string>> labels; // place of the end, and the drawn label
    std::size_t number = 0;
    for (const auto& [label, points] : curves) {
        const std::string colour = colours[number++ % std::size(colours)];
        auto sorted = points;
        std::sort(sorted.begin(), sorted.end());
        out << "<polyline fill=\"none\" stroke=\"" << colour << "\" stroke-width=\"2\" points=\"";
        for (const auto& [policies, time] : sorted) out << x(policies) << ',' << y(time) << ' ';
        out << "\"/>\n";
        for (const auto& [policies, time] : sorted)
            out << "<circle cx=\"" << x(policies) << "\" cy=\"" << y(time) << "\" r=\"3\" fill=\"" << colour
                << "\"/>\n";
        labels.emplace_back(y(sorted.back().second), "<tspan fill=\"" + colour + "\">" + label + " (" +
                                                         shown(sorted.back().second, 1) + ")</tspan>");
    }
    std::sort(labels.begin(), labels.end());
    double last = 0;
    for (const auto& [place, label] : labels) {
        last = std::max(place + 4, last + 15);
        out << "<text x=\"655\" y=\"" << last << "\">" << label << "</text>\n";
    }
    out << "</svg>\n";
}

} // namespace iam::bench
