// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include <QWidget>

class QVBoxLayout;

namespace iam::pages {

/// One decision with everything that is recorded of it. Every value can be selected and copied.
class DecisionDetail : public QWidget {
    Q_OBJECT
public:
    explicit DecisionDetail(const contract::DecisionRecord& record, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The user wants to know how this request would be decided now.
    void tryAgainRequested();

private:
    void addOutcome(const contract::DecisionRecord& record);
    void addValue(const QString& name, const QString& label, const QString& value, bool monospace);
    void addText(const QString& name, const QString& label, const QString& text);

    QVBoxLayout* m_column;
};

} // namespace iam::pages
