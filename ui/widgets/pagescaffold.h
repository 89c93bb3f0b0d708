// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTimer;
class QVBoxLayout;

namespace iam::widgets {

class MessageBar;
class SidePanel;
class StatePane;

/// What every page looks like: title, one line of what it is, search, the one main action at the right, a message
/// bar, the content, and a side panel at the right that closes with Esc. The content stands behind one of four states.
class PageScaffold : public QWidget {
    Q_OBJECT
public:
    enum class State { Content, Loading, Empty, Failed };

    /// `name` makes the object names ("users" → "users.search", …) and the key under which the panel's width is
    /// remembered (QSettings "pages/<name>/…").
    explicit PageScaffold(const QString& name, QWidget* parent = nullptr);

    void setTitle(const QString& title, const QString& purpose);
    /// Shows the search field. searchChanged() comes 250 ms after the last key, at once on Return and on clearing.
    void setSearch(const QString& placeholder);
    void setSearchVisible(bool visible);
    /// The one main action; Ctrl+N presses it too. Hidden until it is set.
    QPushButton* setMainAction(const QString& text, const QString& iconName);
    /// A filter or choice, left of the main action.
    void addTool(QWidget* tool);
    /// Fields that restrict the content, below the header; seen in every state. At most one.
    void setFilter(QWidget* filter);
    /// A line of widgets between the header and the content (a selection bar, say). At most one.
    void setBanner(QWidget* banner);
    void setContent(QWidget* content);

    void showContent();
    /// The content stays for 200 ms; only then a quiet line stands where the answer will come.
    void showLoading(const QString& what);
    /// Teaches the next step; without `actionText` there is no button.
    void showEmpty(const QString& title, const QString& advice, const QString& actionText = {});
    /// What happened and what to do, with Retry.
    void showFailed(const QString& title, const QString& advice);
    [[nodiscard]] State state() const { return m_state; }

    [[nodiscard]] QString searchText() const;
    void clearSearch();
    void focusSearch();
    [[nodiscard]] MessageBar* messageBar() const { return m_messages; }
    [[nodiscard]] SidePanel* panel() const { return m_panel; }
    [[nodiscard]] QPushButton* mainAction() const { return m_mainAction; }

Q_SIGNALS:
    void searchChanged(const QString& text);
    void mainActionTriggered();
    void emptyActionTriggered();
    void retryRequested();

private:
    void buildHeader();
    void rememberPanelWidth();
    void restorePanelWidth();

    QString m_name;
    State m_state = State::Content;
    bool m_searchWanted = false;
    bool m_mainActionWanted = false;
    QLabel* m_title;
    QLabel* m_purpose;
    QVBoxLayout* m_column = nullptr;
    QHBoxLayout* m_tools;
    QLineEdit* m_search;
    QPushButton* m_mainAction;
    MessageBar* m_messages;
    QWidget* m_banner;
    QStackedWidget* m_stack;
    QWidget* m_contentHost;
    StatePane* m_statePane;
    QSplitter* m_splitter;
    SidePanel* m_panel;
    QTimer* m_searchDelay;
    QTimer* m_loadingDelay;
};

} // namespace iam::widgets
