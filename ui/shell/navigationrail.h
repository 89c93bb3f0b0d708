// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QList>
#include <QWidget>

class QButtonGroup;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace iam::widgets {
class StatusMark;
}

namespace iam::shell {

/// The strip at the left: one button per page, and at its foot which server and who is logged in.
class NavigationRail : public QWidget {
    Q_OBJECT
public:
    explicit NavigationRail(QWidget* parent = nullptr);

    /// Appends a page; `index` is what chosen() says.
    void addPage(int index, const QString& name, const QString& word, const QString& iconName);
    void setCurrent(int index);
    void setUser(const QString& name, const QString& role);
    void setServer(const QString& name, const QString& address, bool reachable);
    /// A calm line above the user; empty: none.
    void setNotice(const QString& text, const QString& explanation);
    /// At the foot: the way to take over a database of the old system.
    void offerAdoption();

Q_SIGNALS:
    void chosen(int index);
    void logOutRequested();
    void adoptionRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Entry {
        QToolButton* button;
        QString iconName;
    };
    void takeIcons();

    QVBoxLayout* m_pages;
    QButtonGroup* m_group;
    QList<Entry> m_entries;
    QLabel* m_notice;
    widgets::StatusMark* m_serverMark;
    QLabel* m_server;
    QLabel* m_user;
    QLabel* m_role;
    QToolButton* m_adopt;
    QToolButton* m_logOut;
};

} // namespace iam::shell
