// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/recordfilterbar.h"
#include "widgets/theme.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <chrono>

namespace iam::pages {

using namespace std::chrono_literals;
namespace spacing = widgets::spacing;

namespace {

constexpr int fieldHeight = 30;

std::optional<std::string> wantedText(const QLineEdit* field)
{
    const QString text = field->text().trimmed();
    if (text.isEmpty()) return std::nullopt;
    return text.toStdString();
}

TimePoint timeOf(const QDateTimeEdit* field)
{
    return TimePoint(std::chrono::milliseconds(field->dateTime().toMSecsSinceEpoch()));
}

} // namespace

DecisionFilterBar::DecisionFilterBar(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_outcome(new QComboBox(this))
    , m_clear(new QPushButton(tr("&Clear filter"), this))
    , m_delay(new QTimer(this))
{
    setObjectName(QStringLiteral("decisions.filter"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(spacing::unit);
    m_grid->setVerticalSpacing(spacing::half);
    m_outcome->addItems({tr("allowed and denied"), tr("only allowed"), tr("only denied")});
    m_outcome->setObjectName(QStringLiteral("decisions.filter.outcome"));
    m_outcome->setAccessibleName(tr("Outcome"));
    m_outcome->setFixedHeight(fieldHeight);
    m_grid->addWidget(m_outcome, 0, m_fields++);
    m_owner = addField(QStringLiteral("owner"), tr("Owner"));
    m_subject = addField(QStringLiteral("subject"), tr("Subject"));
    m_action = addField(QStringLiteral("action"), tr("Action"));
    m_resource = addField(QStringLiteral("resource"), tr("Resource"));
    addTimeFields();
    m_clear->setObjectName(QStringLiteral("decisions.filter.clear"));
    m_clear->setAccessibleName(tr("Clear filter"));
    m_clear->setEnabled(false);
    m_delay->setSingleShot(true);
    m_delay->setInterval(300ms);
    connect(m_delay, &QTimer::timeout, this, &DecisionFilterBar::filterChanged);
    connect(m_outcome, &QComboBox::currentIndexChanged, this, &DecisionFilterBar::changed);
    connect(m_clear, &QPushButton::clicked, this, &DecisionFilterBar::clear);
}

QLineEdit* DecisionFilterBar::addField(const QString& name, const QString& label)
{
    auto* field = new QLineEdit(this);
    field->setObjectName(QStringLiteral("decisions.filter.") + name);
    field->setAccessibleName(label);
    field->setPlaceholderText(label);
    field->setToolTip(tr("%1, exactly as recorded").arg(label));
    field->setClearButtonEnabled(true);
    field->setFixedHeight(fieldHeight);
    field->setMinimumWidth(90);
    m_grid->addWidget(field, 0, m_fields);
    m_grid->setColumnStretch(m_fields++, 1);
    connect(field, &QLineEdit::textChanged, this, &DecisionFilterBar::changed);
    return field;
}

void DecisionFilterBar::addTimeFields()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::half);
    const auto add = [&](const QString& name, const QString& label, QCheckBox*& wanted, QDateTimeEdit*& field) {
        wanted = new QCheckBox(label, this);
        wanted->setObjectName(QStringLiteral("decisions.filter.%1Wanted").arg(name));
        wanted->setAccessibleName(label);
        field = new QDateTimeEdit(this);
        field->setObjectName(QStringLiteral("decisions.filter.") + name);
        field->setAccessibleName(label);
        field->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
        field->setCalendarPopup(true);
        field->setFixedHeight(fieldHeight);
        field->setMinimumWidth(160);
        field->setEnabled(false);
        connect(wanted, &QCheckBox::toggled, field, &QWidget::setEnabled);
        connect(wanted, &QCheckBox::toggled, this, &DecisionFilterBar::changed);
        connect(field, &QDateTimeEdit::dateTimeChanged, this, &DecisionFilterBar::changed);
        row->addWidget(wanted);
        row->addWidget(field);
        row->addSpacing(spacing::unit);
    };
    add(QStringLiteral("from"), tr("From"), m_fromWanted, m_from);
    add(QStringLiteral("to"), tr("To"), m_toWanted, m_to);
    const QDateTime now = QDateTime::currentDateTime();
    m_from->setDateTime(now.addDays(-1));
    m_to->setDateTime(now);
    row->addStretch(1);
    row->addWidget(m_clear);
    m_grid->addLayout(row, 1, 0, 1, m_fields);
}

contract::RecordFilter DecisionFilterBar::filter() const
{
    contract::RecordFilter out;
    if (m_outcome->currentIndex() > 0) out.allowed = m_outcome->currentIndex() == 1;
    out.owner = wantedText(m_owner);
    out.subject = wantedText(m_subject);
    out.action = wantedText(m_action);
    out.resource = wantedText(m_resource);
    if (m_fromWanted->isChecked()) out.from = timeOf(m_from);
    if (m_toWanted->isChecked()) out.to = timeOf(m_to);
    return out;
}

void DecisionFilterBar::changed()
{
    m_clear->setEnabled(filter() != contract::RecordFilter());
    m_delay->start();
}

void DecisionFilterBar::clear()
{
    m_outcome->setCurrentIndex(0);
    for (QLineEdit* field : {m_owner, m_subject, m_action, m_resource}) field->clear();
    m_fromWanted->setChecked(false);
    m_toWanted->setChecked(false);
    m_delay->stop();
    Q_EMIT filterChanged();
}

} // namespace iam::pages
