// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "client/whenready.h"
#include "contract/records.h"
#include "models/celltext.h"
#include "models/listmodel.h"
#include <QHash>

namespace iam::models {

/// A list of records that can be filtered and followed, whatever the records are. setSearch() is the filter's `text`.
class RecordList : public ListModel {
    Q_OBJECT
public:
    /// All but `text`, which is search(). Loads anew when it differs.
    void setFilter(contract::RecordFilter filter);
    [[nodiscard]] const contract::RecordFilter& filter() const noexcept { return m_filter; }
    /// Asks about once a second for what is newer. Needs a list that was loaded once; refresh() does.
    void setFollowing(bool following);
    [[nodiscard]] bool following() const noexcept { return m_following; }

protected:
    explicit RecordList(QObject* parent);

    /// Asks for what is newer than the list, unless it is being asked already.
    virtual void poll() = 0;
    void stopFollowing();
    /// The filter with what is searched for.
    [[nodiscard]] contract::RecordFilter wholeFilter() const;
    /// The state that fits `rows` rows and error().
    void settle(bool rows);

private:
    contract::RecordFilter m_filter;
    bool m_following = false;
    QTimer m_pollTimer;
};

/// A RecordList of records `T`, newest first, page after page. Following puts what is newer on top; rows above that
/// are not known are never left out silently: when more arrived than one answer holds, the list starts anew at the
/// newest.
template <class T>
class RecordListModel : public RecordList {
public:
    static constexpr int pageSize = 100;
    static constexpr int maxPageSize = 500;
    static constexpr std::size_t maxFollowedRows = 5000; ///< following drops the oldest rows beyond these

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] int rowOf(const QString& key) const override { return m_rows.value(key, -1); }
    [[nodiscard]] const T& at(int row) const { return m_items.at(static_cast<std::size_t>(row)); }

    void refresh() override;
    void fetchAll() override;
    void clear() override;

protected:
    using Page = contract::RecordPage<T>;

    RecordListModel(int columns, QObject* parent)
        : RecordList(parent)
        , m_columns(columns)
    {
    }
    virtual client::Reply<Page> request(const contract::RecordFilter& filter, const std::string& cursor, int limit) = 0;
    virtual QString keyOf(const T& record) const = 0;
    /// Display, tool tip, CopyRole … of one cell.
    virtual QVariant cell(const T& record, int column, int role) const = 0;
    void restart() override;
    void poll() override;

private:
    void ask(const std::string& cursor, int limit, void (RecordListModel::*take)(Page));
    void takeFirst(Page page);
    void takeNext(Page page);
    void takeNewer(Page page);
    bool prepend(std::vector<T> newest);
    void reindex();

    const int m_columns;
    std::vector<T> m_items;
    QHash<QString, int> m_rows;
    std::string m_next;       // cursor behind the last row
    quint64 m_generation = 0; // answers of an older one are dropped
    bool m_fetchingAll = false;
    bool m_polling = false;
    bool m_restarted = false; // another question: nothing of the old list is kept
};

} // namespace iam::models

#include "models/recordlistmodel.inl"
