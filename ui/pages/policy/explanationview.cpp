// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/policy/explanationview.h"
#include "pages/policy/explanationwords.h"
#include "widgets/headline.h"
#include "widgets/outlinetree.h"
#include "widgets/textlabel.h"
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace iam::pages {

using namespace std::chrono_literals;
using widgets::Headline;
using widgets::TextLabel;
using widgets::TextSize;
using widgets::Tone;

ExplanationView::ExplanationView(QWidget* parent)
    : QWidget(parent)
    , m_words(new TextLabel(TextSize::Base, true, this))
    , m_outcome(new Headline(QStringLiteral("simulator.outcome"), this))
    , m_summary(new TextLabel(TextSize::Base, false, this))
    , m_advice(new TextLabel(TextSize::Small, true, this))
    , m_tree(new widgets::OutlineTree(QStringLiteral("simulator.policies"), this))
    , m_waiting(new QTimer(this))
{
    setObjectName(QStringLiteral("simulator.answer"));
    m_words->setObjectName(QStringLiteral("simulator.words"));
    m_summary->setObjectName(QStringLiteral("simulator.summary"));
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_advice->setText(tr("Double click or Return on a policy opens it."));
    m_tree->setAccessibleName(tr("Policies and how their parts matched"));
    m_waiting->setSingleShot(true);
    m_waiting->setInterval(200ms);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::spacing::unit);
    for (QWidget* part : std::initializer_list<QWidget*>{m_words, m_outcome, m_summary, m_advice, m_tree})
        column->addWidget(part);
    connect(m_waiting, &QTimer::timeout, this, [this] { present(nullptr, tr("Asking the server…")); });
    connect(m_tree, &widgets::OutlineTree::opened, this, &ExplanationView::policyRequested);
    showHint();
}

void ExplanationView::present(Headline* headline, const QString& words)
{
    m_waiting->stop();
    m_words->setText(words);
    m_words->setAccessibleName(words);
    m_words->setVisible(!words.isEmpty());
    m_outcome->setVisible(headline != nullptr);
    for (QWidget* part : std::initializer_list<QWidget*>{m_summary, m_advice, m_tree}) part->hide();
}

void ExplanationView::showHint()
{
    present(nullptr, tr("How would the policies decide a request? Fill it in and ask. Nothing is recorded."));
}

void ExplanationView::showWaiting()
{
    m_waiting->start();
}

void ExplanationView::showFailure(const QString& title, const QString& advice)
{
    present(m_outcome, {});
    m_outcome->present(Tone::Warning, title, advice);
}

void ExplanationView::showExplanation(const contract::Explanation& explanation,
                                      const contract::DecisionRequest& request)
{
    const ExplanationWords words(explanation, request);
    present(m_outcome, {});
    const bool allowed = explanation.decision.allowed;
    m_outcome->present(allowed ? Tone::Success : Tone::Error, allowed ? tr("Allowed") : tr("Denied"), words.reason());
    m_summary->setText(words.summary());
    m_summary->setAccessibleName(words.summary());
    m_summary->setVisible(!words.summary().isEmpty());
    const auto lines = words.lines();
    m_tree->setLines(lines);
    m_tree->setVisible(!lines.isEmpty());
    m_advice->setVisible(!lines.isEmpty());
    // When everything has its place.
    QMetaObject::invokeMethod(this, &ExplanationView::comeIntoView, Qt::QueuedConnection);
}

void ExplanationView::comeIntoView()
{
    constexpr int firstLines = 120;
    for (QWidget* above = parentWidget(); above != nullptr; above = above->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(above)) {
            const int top = m_outcome->mapTo(area->widget(), QPoint()).y();
            area->ensureVisible(0, top + m_outcome->height() + firstLines, 0, 0);
            return;
        }
}

} // namespace iam::pages
