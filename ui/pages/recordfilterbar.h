// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include <QList>
#include <QWidget>
#include <functional>

class QCheckBox;
class QComboBox;
class QDateTime;
class QDateTimeEdit;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QTimer;

namespace iam::pages {

/// The fields that restrict a list of records: a row of choices and texts, in the order added, and below it from when
/// to when. Changes are told a moment after the last key.
class RecordFilterBar : public QWidget {
    Q_OBJECT
public:
    using Text = std::optional<std::string> contract::RecordFilter::*;
    struct Choice {
        QString word;
        std::function<void(contract::RecordFilter&)> restrict; ///< empty: not at all
    };

    /// `page` makes the object names: "<page>.filter", "<page>.filter.<name>".
    explicit RecordFilterBar(const QString& page, QWidget* parent = nullptr);
    /// The first choice should be the one that does not restrict.
    void addChoice(const QString& name, const QString& label, QList<Choice> choices);
    void addField(const QString& name, const QString& label, Text member);

    [[nodiscard]] contract::RecordFilter filter() const;
    /// Fills the fields; what has none is left out. Told at once.
    void setFilter(const contract::RecordFilter& filter);
    void clear() { setFilter({}); }

Q_SIGNALS:
    void filterChanged();

private:
    struct ChoiceField {
        QComboBox* box;
        QList<Choice> choices;
    };
    struct TextField {
        QLineEdit* line;
        Text member;
    };
    struct TimeField {
        QCheckBox* wanted;
        QDateTimeEdit* time;
    };
    TimeField makeTimeField(const QString& name, const QString& label, const QDateTime& time);
    void addToRow(QWidget* field, const QString& name, const QString& label, int stretch);
    void changed();

    QString m_name;
    QHBoxLayout* m_row;
    QList<ChoiceField> m_choices;
    QList<TextField> m_texts;
    TimeField m_from;
    TimeField m_to;
    QPushButton* m_clear;
    QTimer* m_delay;
};

} // namespace iam::pages
