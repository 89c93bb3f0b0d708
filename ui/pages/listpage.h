// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "pages/liststate.h"
#include "pages/page.h"
#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace iam::widgets {
class DataTable;
}

namespace iam::pages {

class EditorPane;

/// What the pages of users, secrets and policies have in common: a table over a list model, a bar with what can be
/// done with the selected rows, and a panel with a detail or an editor that never loses text without asking.
class ListPage : public Page {
    Q_OBJECT
public:
    void enter() override;
    void refresh() override;
    void reset() override;
    [[nodiscard]] bool hasUnsavedChanges() const override;
    /// Opens the editor for a new object, after asking when one with unsaved text is open.
    void create();

protected:
    ListPage(const QString& name, client::ApiClient& api, QWidget* parent);

    [[nodiscard]] widgets::DataTable* table() const { return m_table; }
    [[nodiscard]] client::ApiClient& api() const { return m_api; }
    [[nodiscard]] bool administrator() const;
    [[nodiscard]] QString username() const;

    /// Once, from the constructor of the page. `model` belongs to the page.
    void setList(models::ListModel* model, const ListWords& words);
    /// A button for the selected rows; enabled while `least` to `most` rows are selected. Its object name is
    /// "<page>.<name>".
    QPushButton* addRowAction(const QString& name, const QString& text, const QString& iconName, int least, int most);
    /// Opens an editor or a detail in the panel.
    void openPanel(const QString& title, QWidget* body);
    /// Runs `next` at once, or after the user agreed to lose what is not saved.
    void leaveEditor(std::function<void()> next);
    /// Selects the row with that key, when it is loaded.
    void selectKey(const QString& key);
    void showSuccess(const QString& text);
    void showError(const Error& error);
    /// Says what became of a removal and refreshes.
    void showRemoval(const QStringList& removed, const QStringList& failed, const std::optional<Error>& firstError);

    /// Somebody is logged in, other than the last time the page was in front.
    virtual void sessionSwitched() {}
    /// False for those who may not see the list; it is then never asked for.
    [[nodiscard]] virtual bool listAllowed() const { return true; }
    /// Return or double click on a row.
    virtual void openRow(int row) = 0;
    /// Del or the Delete button.
    virtual void removeRows(const QList<int>& rows) = 0;
    virtual void startCreating() = 0;

private:
    void buildBar();
    void showCount();
    void loadAll(const std::function<void(bool)>& done);
    void requestClose();

    struct RowAction {
        QPushButton* button;
        int least;
        int most;
    };

    client::ApiClient& m_api;
    QString m_name;
    widgets::DataTable* m_table;
    models::ListModel* m_model = nullptr;
    QWidget* m_bar;
    QLabel* m_count;
    QList<RowAction> m_rowActions;
    QString m_sessionKey;
    std::function<void()> m_next;
};

} // namespace iam::pages
