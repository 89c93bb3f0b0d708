// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/adoption/steprail.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QGridLayout>

namespace iam::pages {

using widgets::Tone;
namespace spacing = widgets::spacing;

namespace {
constexpr int railWidth = 168;
}

StepRail::StepRail(const QStringList& names, QWidget* parent)
    : QWidget(parent)
{
    setFixedWidth(railWidth);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, spacing::half, spacing::wide, 0);
    grid->setHorizontalSpacing(spacing::unit);
    grid->setVerticalSpacing(spacing::wide);
    grid->setColumnStretch(1, 1);
    for (const QString& name : names) {
        const int row = static_cast<int>(m_entries.size());
        Entry entry{new widgets::StatusMark(Tone::Neutral, this),
                    new widgets::TextLabel(widgets::TextSize::Base, false, this)};
        entry.name->setText(tr("%1. %2").arg(row + 1).arg(name));
        grid->addWidget(entry.mark, row, 0, Qt::AlignTop);
        grid->addWidget(entry.name, row, 1);
        m_entries.append(entry);
    }
    grid->setRowStretch(static_cast<int>(names.size()), 1);
}

void StepRail::setCurrent(int index)
{
    for (int i = 0; i < m_entries.size(); ++i) {
        m_entries[i].mark->setTone(i < index ? Tone::Success : i == index ? Tone::Info : Tone::Neutral);
        m_entries[i].name->setFont(widgets::textFont(widgets::TextSize::Base, i == index));
    }
    setAccessibleName(m_entries[index].name->text());
}

} // namespace iam::pages
