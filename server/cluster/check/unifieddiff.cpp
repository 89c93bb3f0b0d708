// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/unifieddiff.h"
#include "base/text.h"
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace iam::cluster {
namespace {

constexpr int mostEdits = 2000;
constexpr std::size_t around = 3;

std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

struct Edit {
    char sign; ///< ' ', '-' or '+'
    std::size_t before;
    std::size_t after;
};

/// Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), the greedy form.
class Differ {
public:
    Differ(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after)
        : m_before(before)
        , m_after(after)
    {
    }

    std::vector<Edit> edits()
    {
        const auto n = static_cast<std::int64_t>(m_before.size());
        const auto m = static_cast<std::int64_t>(m_after.size());
        const std::int64_t most = std::min<std::int64_t>(n + m, mostEdits);
        std::vector<std::int64_t> reach(static_cast<std::size_t>(2 * most + 3), 0);
        const auto at = [&](std::int64_t k) -> std::int64_t& { return reach[static_cast<std::size_t>(k + most + 1)]; };
        std::vector<std::vector<std::int64_t>> trace;
        for (std::int64_t d = 0; d <= most; ++d) {
            trace.emplace_back(reach.begin() + (most - d), reach.begin() + (most + d + 3));
            for (std::int64_t k = -d; k <= d; k += 2) {
                std::int64_t x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
                while (x < n && x - k < m && same(x, x - k)) ++x;
                at(k) = x;
                if (x >= n && x - k >= m) return walkBack(trace, d);
            }
        }
        return replaced();
    }

private:
    bool same(std::int64_t x, std::int64_t y) const
    {
        return m_before[static_cast<std::size_t>(x)] == m_after[static_cast<std::size_t>(y)];
    }

    std::vector<Edit> walkBack(const std::vector<std::vector<std::int64_t>>& trace, std::int64_t d) const
    {
        std::vector<Edit> edits;
        auto x = static_cast<std::int64_t>(m_before.size());
        auto y = static_cast<std::int64_t>(m_after.size());
        const auto push = [&](char sign) {
            edits.push_back({sign, static_cast<std::size_t>(x), static_cast<std::size_t>(y)});
        };
        for (; d >= 0; --d) {
            const auto& reach = trace[static_cast<std::size_t>(d)];
            const auto at = [&](std::int64_t k) { return reach[static_cast<std::size_t>(k + d + 1)]; };
            const std::int64_t k = x - y;
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            const std::int64_t fromX = d == 0 ? 0 : down ? at(k + 1) : at(k - 1);
            const std::int64_t fromY = d == 0 ? 0 : fromX - (down ? k + 1 : k - 1);
            while (x > fromX && y > fromY) {
                --x;
                --y;
                push(' ');
            }
            if (d == 0) break;
            if (down) {
                --y;
                push('+');
            } else {
                --x;
                push('-');
            }
        }
        std::reverse(edits.begin(), edits.end());
        return edits;
    }

    std::vector<Edit> replaced() const
    {
        std::vector<Edit> edits;
        for (std::size_t i = 0; i < m_before.size(); ++i) edits.push_back({'-', i, 0});
        for (std::size_t i = 0; i < m_after.size(); ++i) edits.push_back({'+', m_before.size(), i});
        return edits;
    }

    const std::vector<std::string_view>& m_before;
    const std::vector<std::string_view>& m_after;
};

/// A line whose value nobody should see: "auth_pass x", "password: x", "requirepass x", "IAM_MYSQL_PASSWORD=x",
/// "IDENTIFIED BY 'x'", "user default on >x". Comments are sentences, unless they begin so.
std::string withoutSecret(std::string_view line)
{
    static constexpr std::array<std::string_view, 10> words{"password",      "passwd",        "auth_pass",
                                                            "requirepass",   "masterauth",    "secret",
                                                            "identified by", "authorization", "proxy_set_header cookie",
                                                            "key:"};
    const std::string lowered = text::lowered(line);
    const std::size_t start = lowered.find_first_not_of(" \t#;");
    if (start == std::string::npos) return std::string(line);
    const bool comment = lowered.find_first_of("#;") < start;
    const std::size_t searched = comment ? lowered.find_first_of(" \t", start) : std::string::npos;
    if (const std::size_t at = lowered.find(" >"); at != std::string::npos && lowered.compare(start, 5, "user ") == 0)
        return std::string(line.substr(0, at + 2)) + "(hidden)";
    for (const std::string_view word : words) {
        const std::size_t at = lowered.find(word);
        if (at == std::string::npos || at >= searched) continue;
        const std::size_t value = lowered.find_first_not_of(" \t:='\"", at + word.size());
        if (value == std::string::npos || value == at + word.size()) continue;
        return std::string(line.substr(0, value)) + "(hidden)";
    }
    return std::string(line);
}

std::string range(std::size_t first, std::size_t count)
{
    return std::to_string(count == 0 ? first : first + 1) + ',' + std::to_string(count);
}

} // namespace

std::string unifiedDiff(const std::string& before, const std::string& after)
{
    if (before == after) return {};
    const auto old = splitLines(before);
    const auto fresh = splitLines(after);
    const std::vector<Edit> edits = Differ(old, fresh).edits();
    std::string result;
    for (std::size_t i = 0; i < edits.size();) {
        if (edits[i].sign == ' ') {
            ++i;
            continue;
        }
        const std::size_t begin = i > around ? i - around : 0;
        std::size_t end = i;
        // Changes that are near each other are one piece.
        for (std::size_t quiet = 0; end < edits.size() && quiet <= 2 * around; ++end)
            quiet = edits[end].sign == ' ' ? quiet + 1 : 0;
        std::size_t lastChange = end;
        while (edits[lastChange - 1].sign == ' ') --lastChange;
        end = std::min(edits.size(), lastChange + around);
        std::size_t removed = 0;
        std::size_t added = 0;
        std::string body;
        for (std::size_t k = begin; k < end; ++k) {
            removed += edits[k].sign != '+' ? 1 : 0;
            added += edits[k].sign != '-' ? 1 : 0;
            body += edits[k].sign + withoutSecret(edits[k].sign == '+' ? fresh[edits[k].after] : old[edits[k].before]) +
                    '\n';
        }
        result +=
            "@@ -" + range(edits[begin].before, removed) + " +" + range(edits[begin].after, added) + " @@\n" + body;
        i = end;
    }
    if (result.empty()) return "@@ only the end of the last line differs @@\n";
    return result;
}

} // namespace iam::cluster
