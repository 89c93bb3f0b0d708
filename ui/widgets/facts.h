// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHash>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace iam::widgets {

/// Facts of one object, name beside value; every value can be selected and copied.
class Facts : public QWidget {
    Q_OBJECT
public:
    explicit Facts(QWidget* parent = nullptr);
    enum class Style { Text, Monospace };
    /// An empty value is shown as a dash.
    void add(const QString& name, const QString& value, Style style = Style::Text, const QString& toolTip = {});

    /// Changes the value of that name in place, so that a selection stays; adds it when it is not there.
    void set(const QString& name, const QString& value);

private:
    static void show(QLabel* label, const QString& name, const QString& value);

    QGridLayout* m_grid;
    QHash<QString, QLabel*> m_values;
};

} // namespace iam::widgets
