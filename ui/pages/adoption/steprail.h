// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <QWidget>

class QLabel;

namespace iam::widgets {
class StatusMark;
}

namespace iam::pages {

/// Which part of a longer way this is: the names of all parts below each other, those behind with a tick.
class StepRail : public QWidget {
    Q_OBJECT
public:
    explicit StepRail(const QStringList& names, QWidget* parent = nullptr);
    void setCurrent(int index);

private:
    struct Entry {
        widgets::StatusMark* mark;
        QLabel* name;
    };
    QList<Entry> m_entries;
};

} // namespace iam::pages
