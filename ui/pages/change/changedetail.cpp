// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/change/changedetail.h"
#include "models/celltext.h"
#include "models/changetext.h"
#include "pages/policy/policytext.h"
#include "widgets/agetext.h"
#include "widgets/diffview.h"
#include "widgets/facts.h"
#include "widgets/headline.h"
#include "widgets/textlabel.h"
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace iam::pages {

using contract::ChangeRecord;
using widgets::DiffLine;
using widgets::TextLabel;
using widgets::TextSize;
namespace spacing = widgets::spacing;

namespace {

/// A recorded object to read, members sorted; empty when there was none.
QString readableObject(const std::string& json)
{
    if (json.empty()) return {};
    const auto value = contract::parseWholeJson(json);
    return value ? jsonText(*value) : models::toText(json);
}

/// What came into being has no lines before, what was removed none after.
QList<DiffLine> linesOf(const QString& before, const QString& after)
{
    if (!before.isEmpty() && !after.isEmpty()) return widgets::diffLines(before, after);
    QList<DiffLine> lines;
    for (const QString& line : (before + after).split(u'\n'))
        lines.append({before.isEmpty() ? DiffLine::Kind::Added : DiffLine::Kind::Removed, line});
    return lines;
}

} // namespace

ChangeDetail::ChangeDetail(const ChangeRecord& change, QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("change"));
    m_column->setContentsMargins(spacing::wide, spacing::unit, spacing::wide, spacing::wide);
    m_column->setSpacing(12);
    const QString before = readableObject(change.before);
    const QString after = readableObject(change.after);
    addHeadline(change);
    addFacts(change);
    addButtons(before, after);
    addDifference(change, before, after);
}

void ChangeDetail::addHeadline(const ChangeRecord& change)
{
    auto* headline = new widgets::Headline(QStringLiteral("change.headline"), this);
    QStringList lines{widgets::exactTimeText(change.time)};
    if (!change.actor.address.empty()) lines.append(tr("From %1").arg(models::toText(change.actor.address)));
    if (!change.actor.requestId.empty()) lines.append(tr("Request %1").arg(models::toText(change.actor.requestId)));
    headline->present(static_cast<widgets::Tone>(models::actionTone(change.action)), models::changeSentence(change),
                      lines.join(u'\n'));
    m_column->addWidget(headline);
}

void ChangeDetail::addFacts(const ChangeRecord& change)
{
    auto* facts = new widgets::Facts(this);
    facts->setObjectName(QStringLiteral("change.facts"));
    if (!change.owner.empty()) facts->add(tr("Owner"), models::toText(change.owner), widgets::Facts::Style::Monospace);
    if (const QStringList members = models::changedMembers(change); !members.isEmpty())
        facts->add(tr("Changed members"), members.join(u'\n'), widgets::Facts::Style::Monospace);
    if (change.objectId != 0)
        facts->add(
            tr("Object"),
            tr("ID %1, version %2").arg(QString::number(change.objectId), QString::number(change.objectVersion)));
    facts->add(tr("Change no."), QString::number(change.id));
    m_column->addWidget(facts);
}

QPushButton* ChangeDetail::makeButton(const QString& name, const QString& word, const QString& iconName,
                                      const QString& hint)
{
    auto* button = new QPushButton(widgets::icon(iconName), word, this);
    button->setObjectName(QStringLiteral("change.") + name);
    button->setAccessibleName(QString(word).remove(u'&'));
    button->setToolTip(hint);
    return button;
}

void ChangeDetail::addButtons(const QString& before, const QString& after)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::half); // the three fit the narrowest panel
    const auto addCopy = [&](QPushButton* button, const QString& text, const QString& message) {
        button->setEnabled(!text.isEmpty());
        connect(button, &QPushButton::clicked, this, [this, text, message] {
            QGuiApplication::clipboard()->setText(text);
            Q_EMIT copied(message);
        });
        row->addWidget(button);
    };
    const QString copyIcon = QStringLiteral("edit-copy");
    addCopy(makeButton(QStringLiteral("copyBefore"), tr("Copy &before"), copyIcon,
                       tr("The object as it was, as JSON: to restore it by hand or to compare it")),
            before, tr("The object as it was before is on the clipboard, as JSON."));
    addCopy(makeButton(QStringLiteral("copyAfter"), tr("Copy &after"), copyIcon,
                       tr("The object as it was since then, as JSON")),
            after, tr("The object as it was afterwards is on the clipboard, as JSON."));
    auto* history = makeButton(QStringLiteral("history"), tr("&History"), QStringLiteral("appointment-new"),
                               tr("All changes of this object"));
    connect(history, &QPushButton::clicked, this, &ChangeDetail::historyRequested);
    row->addWidget(history);
    row->addStretch(1);
    m_column->addLayout(row);
}

void ChangeDetail::addDifference(const ChangeRecord& change, const QString& before, const QString& after)
{
    auto* heading = new TextLabel(TextSize::Base, false, this);
    heading->setObjectName(QStringLiteral("change.summary"));
    heading->setFont(widgets::textFont(TextSize::Base, true));
    m_column->addWidget(heading);
    if (before.isEmpty() && after.isEmpty()) {
        heading->setText(tr("Nothing else is recorded of it."));
        m_column->addStretch(1);
        return;
    }
    const QList<DiffLine> lines = linesOf(before, after);
    const auto count = [&lines](DiffLine::Kind kind) {
        return QString::number(std::ranges::count(lines, kind, &DiffLine::kind));
    };
    if (before.isEmpty())
        heading->setText(tr("There was nothing before. What came into being:"));
    else if (after.isEmpty())
        heading->setText(tr("There was nothing afterwards. What was removed:"));
    else if (models::changedMembers(change).isEmpty())
        heading->setText(tr("Nothing that may be shown differs: passwords and keys are never recorded."));
    else
        heading->setText(tr("Before and after: lines removed %1 (−), added %2 (+)")
                             .arg(count(DiffLine::Kind::Removed), count(DiffLine::Kind::Added)));
    auto* difference = new widgets::DiffView(this);
    difference->setObjectName(QStringLiteral("change.difference"));
    difference->setAccessibleName(heading->text());
    difference->setMinimumHeight(120);
    difference->setLines(lines);
    m_column->addWidget(difference, 1);
}

} // namespace iam::pages
