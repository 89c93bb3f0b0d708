// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/findingtext.h"
#include "models/celltext.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace iam::pages {

using cluster::Finding;
using models::toText;
using widgets::TextLabel;
using widgets::TextSize;
using widgets::Tone;
namespace spacing = widgets::spacing;

namespace {

constexpr const char* lintContext = "LintText";

QString translated(const char* text, const std::string& plain, const std::vector<std::string>& arguments)
{
    if (text == nullptr) return toText(plain);
    const QString words = QCoreApplication::translate(lintContext, text);
    return toText(cluster::filledIn(words.toStdString(), arguments));
}

Tone toneOf(cluster::Severity severity)
{
    switch (severity) {
    case cluster::Severity::Error:
        return Tone::Error;
    case cluster::Severity::Warning:
        return Tone::Warning;
    case cluster::Severity::Note:
        break;
    }
    return Tone::Info;
}

} // namespace

FindingText findingText(const Finding& finding)
{
    const cluster::RuleText* rule = cluster::ruleText(finding.rule);
    const auto words = [&](const char* cluster::RuleText::*member, const std::string& plain) {
        return translated(rule == nullptr ? nullptr : rule->*member, plain, finding.arguments);
    };
    QString where = toText(finding.file);
    if (finding.line > 0) where += u':' + QString::number(finding.line);
    if (!finding.node.empty()) where = QStringLiteral("%1 %2").arg(toText(finding.node), where);
    return {toneOf(finding.severity),
            words(&cluster::RuleText::what, finding.message),
            where,
            words(&cluster::RuleText::why, finding.why),
            words(&cluster::RuleText::cost, finding.cost),
            words(&cluster::RuleText::mend, finding.mend)};
}

FindingDetail::FindingDetail(const FindingText& finding, QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("definition.finding"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::wide, spacing::unit, spacing::wide, spacing::wide);
    column->setSpacing(spacing::unit);
    auto* what = new TextLabel(TextSize::Base, false, this);
    what->setFont(widgets::textFont(TextSize::Base, true));
    what->setText(finding.what);
    auto* head = new QHBoxLayout;
    head->setSpacing(spacing::unit);
    head->addWidget(new widgets::StatusMark(finding.tone, this), 0, Qt::AlignTop);
    head->addWidget(what, 1);
    column->addLayout(head);
    const auto add = [this, column](const QString& heading, const QString& text) {
        if (text.isEmpty()) return;
        auto* caption = new TextLabel(TextSize::Small, true, this);
        caption->setText(heading);
        auto* words = new TextLabel(TextSize::Base, false, this);
        words->setText(text);
        words->setAccessibleName(heading);
        words->setAccessibleDescription(text);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        column->addWidget(caption);
        column->addWidget(words);
    };
    add(tr("Where"), finding.where);
    add(tr("Why"), finding.why);
    add(tr("What it costs"), finding.cost);
    add(tr("How to mend it"), finding.mend);
    column->addStretch(1);
}

} // namespace iam::pages
