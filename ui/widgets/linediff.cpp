// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/linediff.h"
#include <QStringList>
#include <algorithm>
#include <vector>

namespace iam::widgets {
namespace {

using Kind = DiffLine::Kind;

constexpr qsizetype maxCompared = 4'000'000; // pairs of lines: 8 MB of lengths

/// The longest common subsequence of the lines from (a, b) on, for every a and b.
class CommonLengths {
public:
    CommonLengths(const QStringList& before, const QStringList& after)
        : m_width(std::size_t(after.size()) + 1)
        , m_lengths((std::size_t(before.size()) + 1) * m_width)
    {
        for (qsizetype a = before.size() - 1; a >= 0; --a)
            for (qsizetype b = after.size() - 1; b >= 0; --b)
                m_lengths[place(a, b)] =
                    before[a] == after[b] ? quint16(at(a + 1, b + 1) + 1) : std::max(at(a + 1, b), at(a, b + 1));
    }
    [[nodiscard]] quint16 at(qsizetype a, qsizetype b) const { return m_lengths[place(a, b)]; }

private:
    [[nodiscard]] std::size_t place(qsizetype a, qsizetype b) const
    {
        return std::size_t(a) * m_width + std::size_t(b);
    }

    std::size_t m_width;
    std::vector<quint16> m_lengths;
};

void appendAll(QList<DiffLine>& lines, Kind kind, const QStringList& texts)
{
    for (const QString& text : texts) lines.append({kind, text});
}

void appendDifference(QList<DiffLine>& lines, const QStringList& before, const QStringList& after)
{
    qsizetype a = 0;
    qsizetype b = 0;
    // The shorter list has at most the root of the limit's lines: lengths fit into 16 bits.
    if (!before.isEmpty() && before.size() <= maxCompared / std::max<qsizetype>(after.size(), 1)) {
        const CommonLengths common(before, after);
        while (a < before.size() && b < after.size()) {
            if (before[a] == after[b]) {
                lines.append({Kind::Same, before[a++]});
                ++b;
            } else if (common.at(a + 1, b) >= common.at(a, b + 1)) {
                lines.append({Kind::Removed, before[a++]});
            } else {
                lines.append({Kind::Added, after[b++]});
            }
        }
    }
    appendAll(lines, Kind::Removed, before.mid(a));
    appendAll(lines, Kind::Added, after.mid(b));
}

} // namespace

QList<DiffLine> diffLines(const QString& before, const QString& after)
{
    const QStringList left = before.split(u'\n');
    const QStringList right = after.split(u'\n');
    const qsizetype shorter = std::min(left.size(), right.size());
    qsizetype head = 0;
    while (head < shorter && left[head] == right[head]) ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail]) ++tail;

    QList<DiffLine> lines;
    appendAll(lines, Kind::Same, left.mid(0, head));
    appendDifference(lines, left.mid(head, left.size() - head - tail), right.mid(head, right.size() - head - tail));
    appendAll(lines, Kind::Same, left.mid(left.size() - tail));
    return lines;
}

} // namespace iam::widgets
