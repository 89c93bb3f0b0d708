// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include <QWidget>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QPushButton;
class QTimer;

namespace iam::pages {

/// The fields that restrict the list of decisions. Changes are told a moment after the last key.
class DecisionFilterBar : public QWidget {
    Q_OBJECT
public:
    explicit DecisionFilterBar(QWidget* parent = nullptr);
    [[nodiscard]] contract::RecordFilter filter() const;
    void clear();

Q_SIGNALS:
    void filterChanged();

private:
    QLineEdit* addField(const QString& name, const QString& label);
    void addTimeFields();
    void changed();

    class QGridLayout* m_grid;
    QComboBox* m_outcome;
    QLineEdit* m_owner;
    QLineEdit* m_subject;
    QLineEdit* m_action;
    QLineEdit* m_resource;
    QCheckBox* m_fromWanted;
    QDateTimeEdit* m_from;
    QCheckBox* m_toWanted;
    QDateTimeEdit* m_to;
    QPushButton* m_clear;
    QTimer* m_delay;
    int m_fields = 0;
};

} // namespace iam::pages
