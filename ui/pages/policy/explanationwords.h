// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/explanation.h"
#include "widgets/outlinetree.h"
#include <QCoreApplication>

namespace iam::pages {

/// An explanation in the reader's language.
class ExplanationWords {
    Q_DECLARE_TR_FUNCTIONS(ExplanationWords)
public:
    /// Both outlive this.
    ExplanationWords(const contract::Explanation& explanation, const contract::DecisionRequest& request);

    /// "Denied: Request was denied by default", without the first word.
    [[nodiscard]] QString reason() const;
    /// Who decided, and how many policies had to be looked at.
    [[nodiscard]] QString summary() const;
    /// What decided, then the nearest misses, then the others; each policy with its parts. The keys are policies.
    [[nodiscard]] QList<widgets::OutlineTree::Line> lines() const;

private:
    using Line = widgets::OutlineTree::Line;

    [[nodiscard]] Line policyLine(const contract::ExplainedPolicy& policy, bool open) const;
    [[nodiscard]] static QString verdictWords(const contract::ExplainedPolicy& policy);
    [[nodiscard]] static QString missWords(const contract::ExplainedPolicy& policy);
    [[nodiscard]] static Line listLine(const QString& part, const contract::ExplainedList& list,
                                       const std::string& needle);
    [[nodiscard]] static QList<Line> conditionLines(const contract::ExplainedPolicy& policy);
    [[nodiscard]] static Line conditionLine(const contract::ExplainedCondition& condition);

    const contract::Explanation& m_explanation;
    const contract::DecisionRequest& m_request;
};

} // namespace iam::pages
