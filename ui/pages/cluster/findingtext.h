// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/finding.h"
#include "widgets/theme.h"
#include <QWidget>
#include <string_view>

namespace iam::pages {

/// A finding in the reader's words.
struct FindingText {
    widgets::Tone tone = widgets::Tone::Warning;
    QString what;
    QString where; ///< machine, file and line, as far as there are
    QString why;
    QString cost;
    QString mend;
};
[[nodiscard]] FindingText findingText(const cluster::Finding& finding);
/// Whether a sentence of cluster::RuleText is among those that are translated.
[[nodiscard]] bool isTranslatedFinding(std::string_view sentence);

/// One finding with all that is known of it.
class FindingDetail : public QWidget {
    Q_OBJECT
public:
    explicit FindingDetail(const FindingText& finding, QWidget* parent = nullptr);
};

} // namespace iam::pages
