// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace iam::pages {

/// A calm area in the middle of an otherwise empty window: a title, one line of what it is, and what is put into it.
class Card : public QWidget {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);
    void setTitle(const QString& title, const QString& purpose);
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }
    /// Below everything else: a way to take over a database of the old system.
    void offerAdoption();

Q_SIGNALS:
    void adoptionWanted();

private:
    QLabel* m_title;
    QLabel* m_purpose;
    QVBoxLayout* m_column;
};

} // namespace iam::pages
