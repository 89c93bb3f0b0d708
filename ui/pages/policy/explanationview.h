// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/explanation.h"
#include <QWidget>

class QLabel;
class QTimer;

namespace iam::widgets {
class Headline;
class OutlineTree;
} // namespace iam::widgets

namespace iam::pages {

/// Draws an explanation: the outcome, who decided, and the policies with their parts.
class ExplanationView : public QWidget {
    Q_OBJECT
public:
    explicit ExplanationView(QWidget* parent = nullptr);
    void showHint();
    /// What stands here stays for a moment; only then a quiet line says that an answer is awaited.
    void showWaiting();
    void showFailure(const QString& title, const QString& advice);
    void showExplanation(const contract::Explanation& explanation, const contract::DecisionRequest& request);

Q_SIGNALS:
    /// The user wants to see that policy.
    void policyRequested(const QString& policy);

private:
    void present(widgets::Headline* headline, const QString& words);
    void comeIntoView();

    QLabel* m_words;
    widgets::Headline* m_outcome;
    QLabel* m_summary;
    QLabel* m_advice;
    widgets::OutlineTree* m_tree;
    QTimer* m_waiting;
};

} // namespace iam::pages
