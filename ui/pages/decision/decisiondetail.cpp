// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/decision/decisiondetail.h"
#include "models/celltext.h"
#include "models/decisionlistmodel.h"
#include "widgets/agetext.h"
#include "widgets/jsonformat.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace iam::pages {

using contract::DecisionRecord;
using models::toText;
using widgets::TextLabel;
using widgets::TextSize;
using widgets::Tone;
namespace spacing = widgets::spacing;

DecisionDetail::DecisionDetail(const DecisionRecord& record, QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(spacing::wide, spacing::unit, spacing::wide, spacing::wide);
    m_column->setSpacing(spacing::unit);
    addOutcome(record);
    addValue(QStringLiteral("time"), tr("Time"), widgets::exactTimeText(record.time), false);
    addValue(QStringLiteral("subject"), tr("Subject"), toText(record.subject), true);
    addValue(QStringLiteral("action"), tr("Action"), toText(record.action), true);
    addValue(QStringLiteral("resource"), tr("Resource"), toText(record.resource), true);
    addValue(QStringLiteral("owner"), tr("Owner of secret and policies"), toText(record.owner), true);
    QStringList deciders;
    for (const std::string& id : record.deciders) deciders.append(toText(id));
    addValue(QStringLiteral("deciders"), tr("Policies that decided"),
             deciders.isEmpty() ? tr("none matched") : deciders.join(u'\n'), !deciders.isEmpty());
    addText(QStringLiteral("context"), tr("Context"),
            widgets::formattedJson(record.context.empty() ? QStringLiteral("{}") : toText(record.context)));
    addValue(QStringLiteral("requestId"), tr("Request ID"), toText(record.requestId), true);
    addValue(QStringLiteral("node"), tr("Server"), toText(record.node), true);
    m_column->addStretch(1);
}

void DecisionDetail::addOutcome(const DecisionRecord& record)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::half);
    row->addWidget(new widgets::StatusMark(record.allowed ? Tone::Success : Tone::Error, this), 0, Qt::AlignTop);
    auto* words = new TextLabel(TextSize::Base, false, this);
    words->setObjectName(QStringLiteral("decision.outcome"));
    const QString reason = models::DecisionListModel::reasonText(record);
    const QString outcome = record.allowed ? tr("Allowed") : tr("Denied");
    words->setText(reason.isEmpty() ? outcome : tr("%1: %2").arg(outcome, reason));
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    words->setAccessibleName(words->text());
    row->addWidget(words, 1);
    m_column->addLayout(row);
    auto* again = new QPushButton(widgets::icon(QStringLiteral("help-hint")), tr("Try &again in the simulator"), this);
    again->setObjectName(QStringLiteral("decision.tryAgain"));
    again->setAccessibleName(tr("Try again in the simulator"));
    again->setToolTip(tr("How would this request be decided now, and why?"));
    m_column->addWidget(again, 0, Qt::AlignLeft);
    connect(again, &QPushButton::clicked, this, &DecisionDetail::tryAgainRequested);
}

void DecisionDetail::addValue(const QString& name, const QString& label, const QString& value, bool monospace)
{
    auto* caption = new TextLabel(TextSize::Small, true, this);
    caption->setText(label);
    auto* field = new TextLabel(TextSize::Base, false, this);
    field->setObjectName(QStringLiteral("decision.") + name);
    field->setText(value.isEmpty() ? tr("(empty)") : value);
    field->setAccessibleName(label);
    field->setAccessibleDescription(value);
    field->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (monospace) field->setFont(widgets::monospaceFont());
    auto* pair = new QVBoxLayout;
    pair->setSpacing(1);
    pair->addWidget(caption);
    pair->addWidget(field);
    m_column->addLayout(pair);
}

void DecisionDetail::addText(const QString& name, const QString& label, const QString& text)
{
    auto* caption = new TextLabel(TextSize::Small, true, this);
    caption->setText(label);
    auto* field = new QPlainTextEdit(text, this);
    field->setObjectName(QStringLiteral("decision.") + name);
    field->setAccessibleName(label);
    field->setReadOnly(true);
    field->setTabChangesFocus(true);
    field->setFont(widgets::monospaceFont());
    field->setLineWrapMode(QPlainTextEdit::NoWrap);
    const int lines = static_cast<int>(std::clamp<qsizetype>(text.count(u'\n') + 2, 3, 14));
    field->setFixedHeight(lines * QFontMetrics(field->font()).lineSpacing() + spacing::wide);
    caption->setBuddy(field);
    m_column->addWidget(caption);
    m_column->addWidget(field);
}

} // namespace iam::pages
