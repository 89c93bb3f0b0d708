// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clustereventmodel.h"
#include "models/celltext.h"
#include "models/clustertext.h"
#include <algorithm>

namespace iam::models {

using contract::ClusterEvent;

namespace {

bool newer(const ClusterEvent& a, const ClusterEvent& b)
{
    return std::tie(a.time, a.sequence) > std::tie(b.time, b.sequence);
}

Tone toneOf(const ClusterEvent& event)
{
    if (event.kind == "verdict") {
        if (event.to == "confirmed") return Tone::Success;
        return event.to == "unknown" ? Tone::Neutral : Tone::Error;
    }
    if (event.kind == "transition" && event.to.empty()) return Tone::Error;
    if (event.kind == "transition" && event.cause == "planned") return Tone::Info;
    return Tone::Warning;
}

QVariant sortKey(const ClusterEvent& event, int column, const QVariant& text)
{
    if (column == ClusterEventModel::Time) return timeKey(event.time);
    if (column == ClusterEventModel::Interruption)
        return event.interruption ? qint64{event.interruption->count()} : qint64{-1};
    return text;
}

} // namespace

ClusterEventModel::ClusterEventModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

int ClusterEventModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int ClusterEventModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClusterEventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Happening:
        return tr("What happened");
    case Cause:
        return tr("Why");
    case Interruption:
        return tr("Interruption");
    case Reporter:
        return tr("Reported by");
    default:
        return {};
    }
}

QVariant ClusterEventModel::cell(const ClusterEvent& event, int column) const
{
    switch (column) {
    case Time:
        return timeCell(event.time);
    case Happening:
        return happeningText(event);
    case Cause:
        return event.kind == "transition" ? causeText(event) : QString();
    case Interruption:
        return interruptionText(event);
    case Reporter:
        return witnessName(event.node);
    default:
        return {};
    }
}

QVariant ClusterEventModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const ClusterEvent& event = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cell(event, index.column());
    case Qt::EditRole:
        return sortKey(event, index.column(), cell(event, index.column()));
    case Qt::ToolTipRole:
        return index.column() == Time ? exactTimeCell(event.time) : QVariant();
    case ListModel::CopyRole:
        return index.column() == Time ? exactTimeCell(event.time) : cell(event, index.column()).toString();
    case ListModel::ToneRole:
        return index.column() == Happening ? QVariant(static_cast<int>(toneOf(event))) : QVariant();
    default:
        return {};
    }
}

void ClusterEventModel::add(std::vector<ClusterEvent> events)
{
    std::erase_if(events, [this](const ClusterEvent& event) { return rowOf(event.node, event.sequence) >= 0; });
    if (events.empty()) return;
    std::sort(events.begin(), events.end(), newer);
    events.erase(std::unique(events.begin(), events.end(),
                             [](const ClusterEvent& a, const ClusterEvent& b) {
                                 return a.node == b.node && a.sequence == b.sequence;
                             }),
                 events.end());
    if (events.size() == 1) { // as it happens
        const auto place = std::upper_bound(m_events.begin(), m_events.end(), events.front(), newer);
        const auto row = static_cast<int>(place - m_events.begin());
        beginInsertRows({}, row, row);
        m_events.insert(place, std::move(events.front()));
        endInsertRows();
    } else {
        beginResetModel();
        m_events.insert(m_events.end(), std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
        std::stable_sort(m_events.begin(), m_events.end(), newer);
        endResetModel();
    }
    if (m_events.size() <= most) return;
    beginRemoveRows({}, static_cast<int>(most), static_cast<int>(m_events.size()) - 1);
    m_events.resize(most);
    endRemoveRows();
}

void ClusterEventModel::clear()
{
    beginResetModel();
    m_events.clear();
    endResetModel();
}

const ClusterEvent* ClusterEventModel::lastTransition() const
{
    const auto found = std::find_if(m_events.begin(), m_events.end(),
                                    [](const ClusterEvent& event) { return event.kind == "transition"; });
    return found == m_events.end() ? nullptr : &*found;
}

std::optional<TimePoint> ClusterEventModel::newestOfServers() const
{
    for (const ClusterEvent& event : m_events)
        if (event.node != "console") return event.time;
    return std::nullopt;
}

int ClusterEventModel::rowOf(const std::string& node, std::uint64_t sequence) const
{
    for (std::size_t row = 0; row < m_events.size(); ++row)
        if (m_events[row].sequence == sequence && m_events[row].node == node) return static_cast<int>(row);
    return -1;
}

} // namespace iam::models
