// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/recordfilterbar.h"
#include "widgets/theme.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace iam::pages {

using namespace std::chrono_literals;
using contract::RecordFilter;
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

RecordFilterBar::RecordFilterBar(const QString& page, QWidget* parent)
    : QWidget(parent)
    , m_name(page + QStringLiteral(".filter"))
    , m_row(new QHBoxLayout)
    , m_from(makeTimeField(QStringLiteral("from"), tr("From"), QDateTime::currentDateTime().addDays(-1)))
    , m_to(makeTimeField(QStringLiteral("to"), tr("To"), QDateTime::currentDateTime()))
    , m_clear(new QPushButton(tr("&Clear filter"), this))
    , m_delay(new QTimer(this))
{
    setObjectName(m_name);
    m_row->setSpacing(spacing::unit);
    m_clear->setObjectName(m_name + QStringLiteral(".clear"));
    m_clear->setAccessibleName(tr("Clear filter"));
    m_clear->setEnabled(false);
    auto* times = new QHBoxLayout;
    times->setSpacing(spacing::half);
    for (const TimeField& field : {m_from, m_to}) {
        times->addWidget(field.wanted);
        times->addWidget(field.time);
        times->addSpacing(spacing::unit);
    }
    times->addStretch(1);
    times->addWidget(m_clear);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(spacing::half);
    rows->addLayout(m_row);
    rows->addLayout(times);
    m_delay->setSingleShot(true);
    m_delay->setInterval(300ms);
    connect(m_delay, &QTimer::timeout, this, &RecordFilterBar::filterChanged);
    connect(m_clear, &QPushButton::clicked, this, &RecordFilterBar::clear);
}

RecordFilterBar::TimeField RecordFilterBar::makeTimeField(const QString& name, const QString& label,
                                                          const QDateTime& time)
{
    const TimeField field{new QCheckBox(label, this), new QDateTimeEdit(this)};
    field.wanted->setObjectName(m_name + u'.' + name + QStringLiteral("Wanted"));
    field.wanted->setAccessibleName(label);
    field.time->setObjectName(m_name + u'.' + name);
    field.time->setAccessibleName(label);
    field.time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    field.time->setCalendarPopup(true);
    field.time->setFixedHeight(fieldHeight);
    field.time->setMinimumWidth(160);
    field.time->setEnabled(false);
    field.time->setDateTime(time);
    connect(field.wanted, &QCheckBox::toggled, field.time, &QWidget::setEnabled);
    connect(field.wanted, &QCheckBox::toggled, this, &RecordFilterBar::changed);
    connect(field.time, &QDateTimeEdit::dateTimeChanged, this, &RecordFilterBar::changed);
    return field;
}

void RecordFilterBar::addToRow(QWidget* field, const QString& name, const QString& label, int stretch)
{
    field->setObjectName(m_name + u'.' + name);
    field->setAccessibleName(label);
    field->setFixedHeight(fieldHeight);
    m_row->addWidget(field, stretch);
    QWidget* last = field;
    for (QWidget* next : std::initializer_list<QWidget*>{m_from.wanted, m_from.time, m_to.wanted, m_to.time, m_clear}) {
        setTabOrder(last, next);
        last = next;
    }
}

void RecordFilterBar::addChoice(const QString& name, const QString& label, QList<Choice> choices)
{
    auto* box = new QComboBox(this);
    for (const Choice& choice : choices) box->addItem(choice.word);
    addToRow(box, name, label, 0);
    m_choices.append({box, std::move(choices)});
    connect(box, &QComboBox::currentIndexChanged, this, &RecordFilterBar::changed);
}

void RecordFilterBar::addField(const QString& name, const QString& label, Text member)
{
    auto* line = new QLineEdit(this);
    line->setPlaceholderText(label);
    line->setToolTip(tr("%1, exactly as recorded").arg(label));
    line->setClearButtonEnabled(true);
    line->setMinimumWidth(90);
    addToRow(line, name, label, 1);
    m_texts.append({line, member});
    connect(line, &QLineEdit::textChanged, this, &RecordFilterBar::changed);
}

RecordFilter RecordFilterBar::filter() const
{
    RecordFilter out;
    for (const ChoiceField& field : m_choices)
        if (const Choice& choice = field.choices[field.box->currentIndex()]; choice.restrict) choice.restrict(out);
    for (const TextField& field : m_texts) out.*field.member = wantedText(field.line);
    if (m_from.wanted->isChecked()) out.from = timeOf(m_from.time);
    if (m_to.wanted->isChecked()) out.to = timeOf(m_to.time);
    return out;
}

void RecordFilterBar::setFilter(const RecordFilter& filter)
{
    for (const ChoiceField& field : std::as_const(m_choices)) {
        // The one that would not change what is wanted; the first when none restricts so.
        const auto fits = [&filter](const Choice& choice) {
            RecordFilter restricted = filter;
            if (choice.restrict) choice.restrict(restricted);
            return choice.restrict && restricted == filter;
        };
        const auto found = std::find_if(field.choices.begin(), field.choices.end(), fits);
        field.box->setCurrentIndex(found == field.choices.end() ? 0 : int(found - field.choices.begin()));
    }
    for (const TextField& field : std::as_const(m_texts)) {
        field.line->setText(QString::fromStdString((filter.*field.member).value_or(std::string())));
        field.line->setCursorPosition(0); // a long name is read from its start
    }
    for (const auto& [field, time] : {std::pair(m_from, filter.from), std::pair(m_to, filter.to)}) {
        field.wanted->setChecked(time.has_value());
        if (time) field.time->setDateTime(QDateTime::fromMSecsSinceEpoch(time->time_since_epoch().count()));
    }
    m_delay->stop();
    Q_EMIT filterChanged();
}

void RecordFilterBar::changed()
{
    m_clear->setEnabled(filter() != RecordFilter());
    m_delay->start();
}

} // namespace iam::pages
