// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QString>

namespace iam::widgets {

struct DiffLine {
    enum class Kind { Same, Added, Removed };
    Kind kind = Kind::Same;
    QString text;
    bool operator==(const DiffLine&) const = default;
};

/// The lines of both texts in order: without those added it is `before`, without those removed it is `after`. As few
/// added and removed lines as possible; where both differ in thousands of lines, all of these are removed and added.
[[nodiscard]] QList<DiffLine> diffLines(const QString& before, const QString& after);

} // namespace iam::widgets
