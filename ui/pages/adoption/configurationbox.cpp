// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/adoption/configurationbox.h"
#include "widgets/textlabel.h"
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>

namespace iam::pages {

namespace spacing = widgets::spacing;

ConfigurationBox::ConfigurationBox(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit(this))
    , m_copy(new QPushButton(widgets::icon(QStringLiteral("edit-copy")), tr("&Copy"), this))
{
    auto* hint = new widgets::TextLabel(widgets::TextSize::Base, true, this);
    hint->setText(tr("These lines belong into iam.yaml of each of our servers; the password comes from the variable "
                     "IAM_MYSQL_PASSWORD:"));
    m_text->setObjectName(name + QStringLiteral(".text"));
    m_text->setAccessibleName(tr("Configuration for iam.yaml"));
    m_text->setReadOnly(true);
    m_text->setFont(widgets::monospaceFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_copy->setObjectName(name + QStringLiteral(".copy"));
    m_copy->setAccessibleName(tr("Copy the configuration"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_text, 1);
    row->addWidget(m_copy, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::half);
    column->addWidget(hint);
    column->addLayout(row);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_text->toPlainText() + u'\n');
        m_copy->setText(tr("Copied"));
    });
}

void ConfigurationBox::show(const models::AdoptionPlace& place, models::AdoptionWay way)
{
    const QString text = models::configurationText(place, way).trimmed();
    if (m_text->toPlainText() != text) m_copy->setText(tr("&Copy"));
    m_text->setPlainText(text);
    const auto lines = static_cast<int>(text.count(u'\n')) + 2; // with room below, so that nothing scrolls
    const auto margins = static_cast<int>(2 * m_text->document()->documentMargin()) + 2 * m_text->frameWidth();
    m_text->setFixedHeight(lines * QFontMetrics(widgets::monospaceFont()).lineSpacing() + margins);
}

} // namespace iam::pages
