// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <chrono>
#include <iterator>

namespace iam::models {

template <class T>
int RecordListModel<T>::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

template <class T>
int RecordListModel<T>::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

template <class T>
QVariant RecordListModel<T>::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const T& record = at(index.row());
    if (role == KeyRole) return keyOf(record);
    QVariant value = cell(record, index.column(), role);
    if (!value.isValid() && (role == Qt::EditRole || role == CopyRole))
        return cell(record, index.column(), Qt::DisplayRole);
    return value;
}

template <class T>
bool RecordListModel<T>::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !busy() && !complete() && !m_items.empty() && !error();
}

template <class T>
void RecordListModel<T>::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent)) ask(m_next, std::clamp(rowCount(), pageSize, maxPageSize), &RecordListModel::takeNext);
}

template <class T>
void RecordListModel<T>::ask(const std::string& cursor, int limit, void (RecordListModel::*take)(Page))
{
    setBusy(true);
    client::whenReady(request(wholeFilter(), cursor, limit), this,
                      [this, take, generation = m_generation](const Result<Page>& page) {
                          if (generation != m_generation) return;
                          if (page) {
                              setError({});
                              (this->*take)(*page);
                          } else {
                              m_fetchingAll = false;
                              setError(page.error());
                          }
                          if (complete()) m_fetchingAll = false;
                          settle(!m_items.empty());
                          setBusy(false);
                          if (m_fetchingAll) fetchMore({});
                      });
}

template <class T>
void RecordListModel<T>::refresh()
{
    ++m_generation;
    m_polling = false;
    if (m_items.empty()) setState(ListState::Loading);
    ask({}, pageSize, &RecordListModel::takeFirst);
}

template <class T>
void RecordListModel<T>::restart()
{
    m_restarted = true;
    refresh();
}

template <class T>
void RecordListModel<T>::fetchAll()
{
    if (complete()) return;
    m_fetchingAll = true;
    if (state() == ListState::Idle)
        refresh();
    else
        fetchMore({});
}

template <class T>
void RecordListModel<T>::clear()
{
    ++m_generation;
    beginResetModel();
    m_items.clear();
    m_rows.clear();
    endResetModel();
    m_next.clear();
    m_polling = m_fetchingAll = false;
    stopFollowing();
    setComplete(false);
    setError({});
    setBusy(false);
    setState(ListState::Idle);
}

/// The newest page anew. When it reaches what is shown, only what is newer is added, so that selection and position
/// stay; else the list starts over.
template <class T>
void RecordListModel<T>::takeFirst(Page page)
{
    const bool someAreGone = page.next.empty() && page.items.size() < m_items.size();
    if (m_restarted || someAreGone || !prepend(page.items)) {
        m_next = page.next;
        setComplete(m_next.empty()); // in place when the rows are told
        beginResetModel();
        m_items = std::move(page.items);
        reindex();
        endResetModel();
    }
    m_restarted = false;
}

template <class T>
void RecordListModel<T>::takeNext(Page page)
{
    m_next = page.next;
    setComplete(m_next.empty());
    std::erase_if(page.items, [this](const T& record) { return m_rows.contains(keyOf(record)); });
    if (page.items.empty()) return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(page.items.size()) - 1);
    std::ranges::move(page.items, std::back_inserter(m_items));
    reindex();
    endInsertRows();
}

/// Puts the records that are not known yet on top. False when `newest` does not reach down to a known record, so that
/// there may be a gap.
template <class T>
bool RecordListModel<T>::prepend(std::vector<T> newest)
{
    const std::size_t asked = newest.size();
    std::erase_if(newest, [this](const T& record) { return m_rows.contains(keyOf(record)); });
    if (newest.size() == asked && (asked >= static_cast<std::size_t>(pageSize) || m_items.empty())) return false;
    if (newest.empty()) return true;
    beginInsertRows({}, 0, static_cast<int>(newest.size()) - 1);
    m_items.insert(m_items.begin(), std::make_move_iterator(newest.begin()), std::make_move_iterator(newest.end()));
    reindex();
    endInsertRows();
    return true;
}

template <class T>
void RecordListModel<T>::poll()
{
    // Asked again behind the newest known record: clocks of several nodes differ a little.
    constexpr std::chrono::seconds overlap(5);
    if (m_polling || busy() || state() == ListState::Idle) return;
    contract::RecordFilter filter = wholeFilter();
    if (!m_items.empty()) {
        const TimePoint since = m_items.front().time - overlap;
        if (!filter.from || *filter.from < since) filter.from = since;
    }
    m_polling = true;
    client::whenReady(request(filter, {}, pageSize), this, [this, generation = m_generation](const Result<Page>& page) {
        if (generation != m_generation) return;
        m_polling = false;
        if (page) {
            setError({});
            takeNewer(*page);
        } else {
            setError(page.error());
        }
        settle(!m_items.empty());
    });
}

template <class T>
void RecordListModel<T>::takeNewer(Page page)
{
    if (page.items.empty() || !following()) return;
    if (!prepend(std::move(page.items))) return refresh();
    if (m_items.size() <= maxFollowedRows) return;
    // What is dropped can no longer be continued from the cursor.
    setComplete(true);
    m_next.clear();
    beginRemoveRows({}, static_cast<int>(maxFollowedRows), rowCount() - 1);
    m_items.resize(maxFollowedRows);
    reindex();
    endRemoveRows();
}

template <class T>
void RecordListModel<T>::reindex()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_items.size(); ++i) m_rows.insert(keyOf(m_items[i]), static_cast<int>(i));
}

} // namespace iam::models
