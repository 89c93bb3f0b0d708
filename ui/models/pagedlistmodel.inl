// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QCollator>
#include <algorithm>

namespace iam::models {

template <class T>
int PagedListModel<T>::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

template <class T>
int PagedListModel<T>::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

template <class T>
QVariant PagedListModel<T>::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const T& item = at(index.row());
    if (role == KeyRole) return keyOf(item);
    QVariant value = cell(item, index.column(), role);
    if (!value.isValid() && (role == Qt::EditRole || role == CopyRole))
        return cell(item, index.column(), Qt::DisplayRole);
    return value;
}

template <class T>
bool PagedListModel<T>::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !busy() && !complete() && !m_items.empty() && !error();
}

template <class T>
void PagedListModel<T>::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent)) requestNext();
}

template <class T>
void PagedListModel<T>::sort(int column, Qt::SortOrder order)
{
    const bool ownOrderWanted = column < 0 && m_sortColumn >= 0;
    m_sortColumn = column;
    m_sortOrder = order;
    if (state() == ListState::Idle) return;
    if (column >= 0 && complete() && !busy())
        arrange(sorted(m_items));
    else if (column >= 0 || ownOrderWanted)
        load(m_items.size());
}

template <class T>
void PagedListModel<T>::refresh()
{
    load(m_items.size());
}

template <class T>
void PagedListModel<T>::restart()
{
    load(0);
}

template <class T>
void PagedListModel<T>::fetchAll()
{
    if (complete()) return;
    m_fetchingAll = true;
    if (state() == ListState::Idle)
        load(0);
    else if (!busy())
        requestNext();
}

template <class T>
void PagedListModel<T>::clear()
{
    ++m_generation;
    beginResetModel();
    m_items.clear();
    m_rows.clear();
    endResetModel();
    m_incoming.clear();
    m_incomingKeys.clear();
    m_offset = 0;
    m_reloading = m_fetchingAll = false;
    setComplete(false);
    setError({});
    setBusy(false);
    setTotalCount({});
    setState(ListState::Idle);
}

/// Starts at the first row; what is shown stays until `target` rows, or all, are there.
template <class T>
void PagedListModel<T>::load(std::size_t target)
{
    ++m_generation;
    m_incoming.clear();
    m_incomingKeys.clear();
    m_offset = 0;
    m_target = std::max(target, pageSize);
    m_reloading = true;
    if (m_items.empty()) setState(ListState::Loading);
    requestNext();
}

template <class T>
void PagedListModel<T>::requestNext()
{
    contract::ListQuery query;
    query.offset = m_offset;
    const std::size_t wanted = !m_reloading                   ? m_items.size()
                               : m_incoming.size() < m_target ? m_target - m_incoming.size()
                                                              : m_incoming.size();
    query.limit = std::clamp(wanted, pageSize, maxPageSize);
    if (!search().isEmpty()) query.nameContains = search().toStdString();
    setBusy(true);
    client::whenReady(request(query), this,
                      [this, generation = m_generation](const Result<contract::ListPage<T>>& page) {
                          if (generation != m_generation) return;
                          if (page) return take(*page);
                          m_reloading = m_fetchingAll = false;
                          setError(page.error());
                          settle();
                      });
}

template <class T>
void PagedListModel<T>::take(contract::ListPage<T> page)
{
    setError({});
    const bool shrunk = !m_reloading && totalCount() && page.totalCount < *totalCount();
    m_offset += page.items.size();
    const bool atEnd = page.items.empty() || m_offset >= page.totalCount;
    setTotalCount(page.totalCount);
    // Rows that went meanwhile moved the others up, past the offset: they would be missing.
    if (shrunk) return load(m_items.size() + page.items.size());
    if (m_reloading)
        takeReloaded(std::move(page.items), atEnd);
    else
        takeMore(std::move(page.items), atEnd);
    if (m_fetchingAll && !atEnd && !busy()) requestNext();
    if (atEnd) m_fetchingAll = false;
}

template <class T>
void PagedListModel<T>::takeReloaded(std::vector<T> items, bool atEnd)
{
    for (T& item : items) {
        const QString key = keyOf(item);
        if (m_incomingKeys.contains(key)) continue;
        m_incomingKeys.insert(key);
        m_incoming.push_back(std::move(item));
    }
    if (!atEnd && (m_sortColumn >= 0 || m_incoming.size() < m_target)) return requestNext();
    m_reloading = false;
    setComplete(atEnd);
    replaceItems(sorted(std::exchange(m_incoming, {})));
    m_incomingKeys.clear();
    settle();
}

template <class T>
void PagedListModel<T>::takeMore(std::vector<T> items, bool atEnd)
{
    // Rows that came meanwhile moved the others down: they come a second time.
    std::erase_if(items, [this](const T& item) { return m_rows.contains(keyOf(item)); });
    setComplete(atEnd);
    appendItems(std::move(items));
    settle();
}

template <class T>
void PagedListModel<T>::removeAllBut(const QSet<QString>& keys)
{
    for (int last = rowCount() - 1; last >= 0; --last) {
        if (keys.contains(keyAt(last))) continue;
        int first = last;
        while (first > 0 && !keys.contains(keyAt(first - 1))) --first;
        beginRemoveRows({}, first, last);
        m_items.erase(m_items.begin() + first, m_items.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
    reindex();
}

/// In steps that views can follow, so that selection and position stay with their rows.
template <class T>
void PagedListModel<T>::replaceItems(std::vector<T> items)
{
    QSet<QString> keys;
    for (const T& item : items) keys.insert(keyOf(item));
    removeAllBut(keys);
    std::vector<T> added;
    for (const T& item : items)
        if (!m_rows.contains(keyOf(item))) added.push_back(item);
    appendItems(std::move(added));

    arrange(std::move(items));
    if (!m_items.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, m_columns - 1));
}

/// The same rows in another order.
template <class T>
void PagedListModel<T>::arrange(std::vector<T> items)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QStringList beforeKeys;
    for (const QModelIndex& index : before) beforeKeys.append(keyAt(index.row()));
    m_items = std::move(items);
    reindex();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after.append(this->index(m_rows.value(beforeKeys[i]), before[i].column()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

template <class T>
std::vector<T> PagedListModel<T>::sorted(std::vector<T> items) const
{
    if (m_sortColumn < 0) return items;
    struct Entry {
        QVariant key;
        std::size_t at;
    };
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < items.size(); ++i) {
        QVariant key = cell(items[i], m_sortColumn, Qt::EditRole);
        if (!key.isValid()) key = cell(items[i], m_sortColumn, Qt::DisplayRole);
        entries.push_back({std::move(key), i});
    }
    // The C locale knows no numbers in texts.
    QCollator collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale());
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    const auto less = [&collator](const QVariant& a, const QVariant& b) {
        if (a.typeId() == QMetaType::QString) return collator.compare(a.toString(), b.toString()) < 0;
        return a.toLongLong() < b.toLongLong();
    };
    std::ranges::stable_sort(entries, [&](const Entry& a, const Entry& b) {
        return m_sortOrder == Qt::AscendingOrder ? less(a.key, b.key) : less(b.key, a.key);
    });
    std::vector<T> out;
    out.reserve(items.size());
    for (const Entry& entry : entries) out.push_back(std::move(items[entry.at]));
    return out;
}

template <class T>
void PagedListModel<T>::appendItems(std::vector<T> items)
{
    if (items.empty()) return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(items.size()) - 1);
    for (T& item : items) {
        m_rows.insert(keyOf(item), static_cast<int>(m_items.size()));
        m_items.push_back(std::move(item));
    }
    endInsertRows();
}

template <class T>
void PagedListModel<T>::reindex()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_items.size(); ++i) m_rows.insert(keyOf(m_items[i]), static_cast<int>(i));
}

template <class T>
void PagedListModel<T>::settle()
{
    if (error())
        setState(ListState::Failed);
    else if (!m_items.empty())
        setState(ListState::Ready);
    else
        setState(search().isEmpty() ? ListState::Empty : ListState::NothingFound);
    setBusy(false); // last, so that whoever hears it finds everything else in place
}

} // namespace iam::models
