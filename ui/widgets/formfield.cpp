// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/formfield.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace iam::widgets {

FormField::FormField(const QString& label, QWidget* editor, QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel(label, this))
    , m_editor(editor)
    , m_mark(new StatusMark(Tone::Error, this))
    , m_line(new TextLabel(TextSize::Small, true, this))
{
    editor->setParent(this);
    m_label->setBuddy(editor);
    m_mark->setFixedSize(13, 13);
    m_line->setMinimumHeight(17);
    auto* below = new QHBoxLayout;
    below->setSpacing(spacing::half);
    below->addWidget(m_mark, 0, Qt::AlignVCenter);
    below->addWidget(m_line, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    column->addWidget(m_label);
    column->addWidget(editor);
    column->addLayout(below);
    if (editor->accessibleName().isEmpty()) editor->setAccessibleName(QString(label).remove(u'&'));
    refresh();
}

void FormField::setHint(const QString& hint)
{
    m_hint = hint;
    refresh();
}

void FormField::setFault(const QString& sentence)
{
    if (sentence == m_fault) return;
    m_fault = sentence;
    refresh();
}

void FormField::refresh()
{
    const bool faulty = !m_fault.isEmpty();
    m_mark->setVisible(faulty);
    m_line->setText(faulty ? m_fault : m_hint);
    m_line->setObjectName(m_editor->objectName() + QStringLiteral(".fault"));
    m_editor->setAccessibleDescription(m_line->text());
}

} // namespace iam::widgets
