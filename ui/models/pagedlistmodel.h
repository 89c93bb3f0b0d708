// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "client/whenready.h"
#include "contract/listquery.h"
#include "models/listmodel.h"
#include <QHash>
#include <QSet>

namespace iam::models {

/// A ListModel over offset and limit; rows in the server's order, which is by descending id. sort() is true for the
/// whole list: it loads what is missing first. Column -1 is the server's order again.
template <class T>
class PagedListModel : public ListModel {
public:
    /// Rows asked for first; each further request asks for as many as are loaded, up to maxPageSize.
    static constexpr std::size_t pageSize = 100;
    static constexpr std::size_t maxPageSize = 500;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] int rowOf(const QString& key) const override { return m_rows.value(key, -1); }

    /// The value of a row.
    [[nodiscard]] const T& at(int row) const { return m_items.at(static_cast<std::size_t>(row)); }
    [[nodiscard]] QString keyAt(int row) const { return keyOf(at(row)); }

    void refresh() override;
    void fetchAll() override;
    void clear() override;

protected:
    PagedListModel(int columns, QObject* parent)
        : ListModel(parent)
        , m_columns(columns)
    {
    }
    virtual client::Reply<contract::ListPage<T>> request(const contract::ListQuery& query) = 0;
    virtual QString keyOf(const T& item) const = 0;
    /// Display, tool tip, alignment, CopyRole … of one cell. Qt::EditRole is the value to sort by.
    virtual QVariant cell(const T& item, int column, int role) const = 0;
    void restart() override;

private:
    void load(std::size_t target);
    void requestNext();
    void take(contract::ListPage<T> page);
    void takeReloaded(std::vector<T> items, bool atEnd);
    void takeMore(std::vector<T> items, bool atEnd);
    void replaceItems(std::vector<T> items);
    void appendItems(std::vector<T> items);
    void removeAllBut(const QSet<QString>& keys);
    void arrange(std::vector<T> items);
    [[nodiscard]] std::vector<T> sorted(std::vector<T> items) const;
    void reindex();
    void settle();

    const int m_columns;
    std::vector<T> m_items;     // as shown
    QHash<QString, int> m_rows; // key → row of m_items
    std::vector<T> m_incoming;  // what a reload under way has brought so far
    QSet<QString> m_incomingKeys;
    std::uint64_t m_offset = 0; // where the next page starts at the server
    std::size_t m_target = 0;   // rows wanted before a reload is shown
    bool m_reloading = false;   // pages go to m_incoming
    bool m_fetchingAll = false;
    quint64 m_generation = 0; // answers of an older one are dropped
    int m_sortColumn = -1;    // the server's order
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace iam::models

#include "models/pagedlistmodel.inl"
