// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QGridLayout;

namespace iam::widgets {

/// Facts of one object, name beside value; every value can be selected and copied.
class Facts : public QWidget {
    Q_OBJECT
public:
    explicit Facts(QWidget* parent = nullptr);
    enum class Style { Text, Monospace };
    /// An empty value is shown as a dash.
    void add(const QString& name, const QString& value, Style style = Style::Text, const QString& toolTip = {});

private:
    QGridLayout* m_grid;
};

} // namespace iam::widgets
