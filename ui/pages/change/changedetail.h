// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace iam::pages {

/// One change: who did what, when, by which request, and the object before and after it, line by line. Both can be
/// copied as JSON, in the form in which the API takes an object.
class ChangeDetail : public QWidget {
    Q_OBJECT
public:
    explicit ChangeDetail(const contract::ChangeRecord& change, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The object as it was (or is since) lies on the clipboard.
    void copied(const QString& message);
    /// The user wants all changes of the same object.
    void historyRequested();

private:
    void addHeadline(const contract::ChangeRecord& change);
    void addFacts(const contract::ChangeRecord& change);
    void addButtons(const QString& before, const QString& after);
    void addDifference(const contract::ChangeRecord& change, const QString& before, const QString& after);
    QPushButton* makeButton(const QString& name, const QString& word, const QString& iconName, const QString& hint);

    QVBoxLayout* m_column;
};

} // namespace iam::pages
