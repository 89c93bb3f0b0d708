// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/decisionlistmodel.h"
#include "client/whenready.h"
#include "contract/decision.h"
#include "models/celltext.h"
#include <QSet>
#include <algorithm>
#include <chrono>

namespace iam::models {

using contract::DecisionRecord;
using namespace std::chrono_literals;

namespace {

constexpr auto pollInterval = 800ms; // with the answer's way still within a second
/// Asked again behind the newest known record: clocks of several nodes differ a little.
constexpr auto followOverlap = 5s;

QString keyOf(const DecisionRecord& record)
{
    return toText(record.node) + u'/' + QString::number(record.sequence) + u'/' + QString::number(timeKey(record.time));
}

} // namespace

DecisionListModel::DecisionListModel(client::RecordClient client, QObject* parent)
    : ListModel(parent)
    , m_client(client)
{
    m_pollTimer.setInterval(pollInterval);
    connect(&m_pollTimer, &QTimer::timeout, this, &DecisionListModel::poll);
}

int DecisionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

int DecisionListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DecisionListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Outcome:
        return tr("Outcome");
    case Owner:
        return tr("Owner");
    case Subject:
        return tr("Subject");
    case Action:
        return tr("Action");
    case Resource:
        return tr("Resource");
    case Reason:
        return tr("Reason");
    case RequestId:
        return tr("Request ID");
    default:
        return {};
    }
}

QVariant DecisionListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const DecisionRecord& record = at(index.row());
    if (role == KeyRole) return keyOf(record);
    QVariant value = cell(record, index.column(), role);
    if (!value.isValid() && (role == Qt::EditRole || role == CopyRole))
        return cell(record, index.column(), Qt::DisplayRole);
    return value;
}

QString DecisionListModel::reasonText(const DecisionRecord& record)
{
    if (record.reason == contract::reasonDefault) return tr("Request was denied by default");
    if (record.reason == contract::reasonForced) return tr("Request was forcefully denied");
    if (record.reason == contract::reasonNoPolicies) return tr("The policies could not be read");
    if (record.reason == contract::reasonTooMuchWork) return tr("Deciding would take too much work");
    return toText(record.reason);
}

QVariant DecisionListModel::cell(const DecisionRecord& record, int column, int role) const
{
    if (role == Qt::DisplayRole) {
        switch (column) {
        case Time:
            return timeCell(record.time);
        case Outcome:
            return record.allowed ? tr("allowed") : tr("denied");
        case Owner:
            return toText(record.owner);
        case Subject:
            return toText(record.subject);
        case Action:
            return toText(record.action);
        case Resource:
            return toText(record.resource);
        case Reason:
            return reasonText(record);
        case RequestId:
            return toText(record.requestId);
        default:
            break;
        }
    } else if (role == Qt::EditRole && column == Time) {
        return timeKey(record.time);
    } else if ((role == CopyRole || role == Qt::ToolTipRole) && column == Time) {
        return exactTimeCell(record.time);
    } else if (role == ToneRole && column == Outcome) {
        return static_cast<int>(record.allowed ? Tone::Success : Tone::Error);
    }
    return {};
}

bool DecisionListModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !busy() && !complete() && !m_items.empty() && !error();
}

void DecisionListModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        request(m_next, std::clamp(rowCount(), pageSize, maxPageSize), &DecisionListModel::takeNext);
}

int DecisionListModel::rowOf(const QString& key) const
{
    return m_rows.value(key, -1);
}

void DecisionListModel::setFilter(contract::RecordFilter filter)
{
    filter.text.reset();
    if (filter == m_filter) return;
    m_filter = std::move(filter);
    if (state() != ListState::Idle) restart();
}

void DecisionListModel::setFollowing(bool following)
{
    m_following = following;
    if (!following) return m_pollTimer.stop();
    m_pollTimer.start();
    poll();
}

contract::RecordFilter DecisionListModel::wholeFilter() const
{
    contract::RecordFilter filter = m_filter;
    if (!search().isEmpty()) filter.text = search().toStdString();
    return filter;
}

void DecisionListModel::request(const std::string& cursor, int limit, void (DecisionListModel::*take)(Page))
{
    setBusy(true);
    client::whenReady(m_client.decisions(wholeFilter(), cursor, limit), this,
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
                          settle();
                          setBusy(false);
                          if (m_fetchingAll) fetchMore({});
                      });
}

void DecisionListModel::refresh()
{
    ++m_generation;
    m_polling = false;
    if (m_items.empty()) setState(ListState::Loading);
    request({}, pageSize, &DecisionListModel::takeFirst);
}

void DecisionListModel::restart()
{
    m_restarted = true;
    refresh();
}

void DecisionListModel::fetchAll()
{
    if (complete()) return;
    m_fetchingAll = true;
    if (state() == ListState::Idle)
        refresh();
    else
        fetchMore({});
}

void DecisionListModel::clear()
{
    ++m_generation;
    beginResetModel();
    m_items.clear();
    m_rows.clear();
    endResetModel();
    m_next.clear();
    m_polling = m_fetchingAll = false;
    m_pollTimer.stop();
    m_following = false;
    setComplete(false);
    setError({});
    setBusy(false);
    setState(ListState::Idle);
}

/// The newest page anew. When it reaches what is shown, only what is newer is added, so that selection and position
/// stay; else the list starts over.
void DecisionListModel::takeFirst(Page page)
{
    const bool someAreGone = page.next.empty() && page.items.size() < m_items.size();
    if (m_restarted || someAreGone || !prepend(page.items)) {
        beginResetModel();
        m_items = std::move(page.items);
        reindex();
        endResetModel();
        m_next = page.next;
        setComplete(m_next.empty());
    }
    m_restarted = false;
}

void DecisionListModel::takeNext(Page page)
{
    m_next = page.next;
    setComplete(m_next.empty());
    std::erase_if(page.items, [this](const DecisionRecord& record) { return m_rows.contains(keyOf(record)); });
    if (!page.items.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(page.items.size()) - 1);
        std::ranges::move(page.items, std::back_inserter(m_items));
        reindex();
        endInsertRows();
    }
}

/// Puts the records that are not known yet on top. False when `newest` does not reach down to a known record, so that
/// there may be a gap.
bool DecisionListModel::prepend(std::vector<DecisionRecord> newest)
{
    const std::size_t asked = newest.size();
    std::erase_if(newest, [this](const DecisionRecord& record) { return m_rows.contains(keyOf(record)); });
    if (newest.size() == asked && (asked >= static_cast<std::size_t>(pageSize) || m_items.empty())) return false;
    if (newest.empty()) return true;
    beginInsertRows({}, 0, static_cast<int>(newest.size()) - 1);
    m_items.insert(m_items.begin(), std::make_move_iterator(newest.begin()), std::make_move_iterator(newest.end()));
    reindex();
    endInsertRows();
    return true;
}

void DecisionListModel::poll()
{
    if (m_polling || busy() || state() == ListState::Idle) return;
    contract::RecordFilter filter = wholeFilter();
    if (!m_items.empty()) {
        const TimePoint since = m_items.front().time - followOverlap;
        if (!filter.from || *filter.from < since) filter.from = since;
    }
    m_polling = true;
    client::whenReady(m_client.decisions(filter, {}, pageSize), this,
                      [this, generation = m_generation](const Result<Page>& page) {
                          if (generation != m_generation) return;
                          m_polling = false;
                          if (page) {
                              setError({});
                              takeNewer(*page);
                          } else {
                              setError(page.error());
                          }
                          settle();
                      });
}

void DecisionListModel::takeNewer(Page page)
{
    if (page.items.empty() || !m_following) return;
    if (!prepend(std::move(page.items))) return refresh();
    if (m_items.size() <= maxFollowedRows) return;
    beginRemoveRows({}, static_cast<int>(maxFollowedRows), rowCount() - 1);
    m_items.resize(maxFollowedRows);
    reindex();
    endRemoveRows();
    // What was dropped can no longer be continued from the cursor.
    setComplete(true);
    m_next.clear();
}

void DecisionListModel::reindex()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_items.size(); ++i) m_rows.insert(keyOf(m_items[i]), static_cast<int>(i));
}

void DecisionListModel::settle()
{
    const bool restricted = !search().isEmpty() || m_filter != contract::RecordFilter();
    if (error())
        setState(ListState::Failed);
    else if (!m_items.empty())
        setState(ListState::Ready);
    else
        setState(restricted ? ListState::NothingFound : ListState::Empty);
}

} // namespace iam::models
