// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start/waitingpage.h"
#include "widgets/messagebar.h"
#include "widgets/primarybutton.h"
#include <QProgressBar>
#include <QVBoxLayout>

namespace iam::pages {

WaitingPage::WaitingPage(QWidget* parent)
    : Card(parent)
    , m_progress(new QProgressBar(this))
    , m_messages(new widgets::MessageBar(this))
    , m_retry(new widgets::PrimaryButton(tr("&Try again"), this))
    , m_other(new QPushButton(tr("&Use a server elsewhere…"), this))
{
    setObjectName(QStringLiteral("waiting"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Progress"));
    m_retry->setObjectName(QStringLiteral("waiting.retry"));
    m_retry->setAccessibleName(tr("Try again"));
    m_retry->setMinimumHeight(32);
    m_other->setObjectName(QStringLiteral("waiting.other"));
    m_other->setAccessibleName(tr("Use a server elsewhere"));
    m_other->setFlat(true);
    column()->addWidget(m_progress);
    column()->addWidget(m_messages);
    column()->addWidget(m_retry);
    column()->addWidget(m_other);
    connect(m_retry, &QPushButton::clicked, this, &WaitingPage::retryRequested);
    connect(m_other, &QPushButton::clicked, this, &WaitingPage::otherServerWanted);
}

void WaitingPage::showWaiting(const QString& what)
{
    setTitle(what, {});
    m_messages->clear();
    m_progress->show();
    m_retry->hide();
    m_other->hide();
}

void WaitingPage::showProblem(const QString& title, const QString& what, const QString& advice)
{
    setTitle(title, {});
    m_progress->hide();
    m_messages->showMessage(widgets::Tone::Error, what, advice);
    m_retry->show();
    m_other->show();
    m_retry->setFocus();
}

} // namespace iam::pages
