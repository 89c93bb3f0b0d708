// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <QAbstractTableModel>
#include <QTimer>
#include <optional>

namespace iam::models {

/// What a list can say about itself.
enum class ListState {
    Idle,         ///< nothing asked yet
    Loading,      ///< the first page is on its way, nothing to show
    Ready,        ///< rows are there (more may follow, see canFetchMore)
    Empty,        ///< there is nothing, and nothing was searched for
    NothingFound, ///< there is nothing that fits search() or the filter
    Failed,       ///< error() says why; rows of an earlier answer stay
};

/// How a status is meant; views give it shape and colour, the cell's text is the word. Numbers as in widgets::Tone.
enum class Tone { Neutral, Info, Success, Warning, Error };

/// A table over a list that a server hands out page by page. Rows are loaded lazily as views ask for them. An answer
/// to an older question is dropped. Refreshing keeps the rows that are still there, with selection and position.
class ListModel : public QAbstractTableModel {
    Q_OBJECT
    Q_PROPERTY(iam::models::ListState state READ state NOTIFY stateChanged)
public:
    enum Role {
        KeyRole = Qt::UserRole + 1, ///< QString, the same for the same object for ever
        CopyRole,                   ///< QString, what copying and exporting a cell give
        ToneRole,                   ///< int of Tone, for cells that show a status; absent elsewhere
    };

    explicit ListModel(QObject* parent = nullptr);

    [[nodiscard]] ListState state() const noexcept { return m_state; }
    /// A request is under way, of any kind.
    [[nodiscard]] bool busy() const noexcept { return m_busy; }
    /// Why the last request failed; nothing once one has succeeded.
    [[nodiscard]] const std::optional<Error>& error() const noexcept { return m_error; }
    /// Rows at the server that fit, loaded or not; nothing while unknown.
    [[nodiscard]] std::optional<quint64> totalCount() const noexcept { return m_totalCount; }
    /// Whether every row is loaded.
    [[nodiscard]] bool complete() const noexcept { return m_complete; }
    [[nodiscard]] const QString& search() const noexcept { return m_search; }

    /// The row of a key, or -1 when it is not loaded.
    [[nodiscard]] virtual int rowOf(const QString& key) const = 0;

public Q_SLOTS:
    /// Searches at the server, a moment after the last change of the text.
    void setSearch(const QString& text);
    /// Asks again for what is loaded (the first page when nothing is).
    virtual void refresh() = 0;
    /// Loads everything that is left, page after page.
    virtual void fetchAll() = 0;
    /// Empties the list and forgets every answer under way; state Idle.
    virtual void clear() = 0;

Q_SIGNALS:
    void stateChanged(iam::models::ListState state);
    void busyChanged(bool busy);
    void totalCountChanged();

protected:
    void setState(ListState state);
    void setBusy(bool busy);
    void setError(std::optional<Error> error) { m_error = std::move(error); }
    void setTotalCount(std::optional<quint64> count);
    void setComplete(bool complete) { m_complete = complete; }
    /// Search or filter changed: load anew.
    virtual void restart() = 0;

private:
    ListState m_state = ListState::Idle;
    bool m_busy = false;
    bool m_complete = false;
    std::optional<Error> m_error;
    std::optional<quint64> m_totalCount;
    QString m_search;
    QTimer m_searchTimer;
};

} // namespace iam::models
