// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/recordclient.h"
#include "models/listmodel.h"
#include <QHash>

namespace iam::models {

/// The decision log, newest first. setSearch() is the filter's `text`. Following asks once a second for what is newer
/// and puts it on top; rows above that are not known are never left out silently: when more arrived than one answer
/// holds, the list starts anew at the newest.
class DecisionListModel final : public ListModel {
    Q_OBJECT
public:
    enum Column { Time, Outcome, Owner, Subject, Action, Resource, Reason, RequestId, ColumnCount };
    static constexpr int pageSize = 100;
    static constexpr int maxPageSize = 500;
    static constexpr std::size_t maxFollowedRows = 5000; ///< following drops the oldest rows beyond these

    explicit DecisionListModel(client::RecordClient client, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] int rowOf(const QString& key) const override;
    [[nodiscard]] const contract::DecisionRecord& at(int row) const
    {
        return m_items.at(static_cast<std::size_t>(row));
    }

    /// All but `text`, which is search(). Loads anew when it differs.
    void setFilter(contract::RecordFilter filter);
    [[nodiscard]] const contract::RecordFilter& filter() const noexcept { return m_filter; }
    /// Needs a list that was loaded once; refresh() does.
    void setFollowing(bool following);
    [[nodiscard]] bool following() const noexcept { return m_following; }

    /// The record's reason in the reader's language where it is one of the fixed ones.
    [[nodiscard]] static QString reasonText(const contract::DecisionRecord& record);

    void refresh() override;
    void fetchAll() override;
    void clear() override;

protected:
    void restart() override;

private:
    using Page = contract::RecordPage<contract::DecisionRecord>;
    void request(const std::string& cursor, int limit, void (DecisionListModel::*take)(Page));
    void takeFirst(Page page);
    void takeNext(Page page);
    void takeNewer(Page page);
    bool prepend(std::vector<contract::DecisionRecord> newest);
    void poll();
    void reindex();
    void settle();
    [[nodiscard]] contract::RecordFilter wholeFilter() const;
    [[nodiscard]] QVariant cell(const contract::DecisionRecord& record, int column, int role) const;

    client::RecordClient m_client;
    contract::RecordFilter m_filter;
    std::vector<contract::DecisionRecord> m_items;
    QHash<QString, int> m_rows;
    std::string m_next;       // cursor behind the last row
    quint64 m_generation = 0; // answers of an older one are dropped
    bool m_following = false;
    bool m_fetchingAll = false;
    bool m_polling = false;
    bool m_restarted = false; // another question: nothing of the old list is kept
    QTimer m_pollTimer;
};

} // namespace iam::models
