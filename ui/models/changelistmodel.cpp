// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changelistmodel.h"
#include "models/celltext.h"
#include "models/changetext.h"

namespace iam::models {

using contract::ChangeRecord;

ChangeListModel::ChangeListModel(client::RecordClient client, QObject* parent)
    : RecordListModel(ColumnCount, parent)
    , m_client(client)
{
}

client::Reply<ChangeListModel::Page> ChangeListModel::request(const contract::RecordFilter& filter,
                                                              const std::string& cursor, int limit)
{
    return m_client.changes(filter, cursor, limit);
}

QString ChangeListModel::keyOf(const ChangeRecord& change) const
{
    return QString::number(change.id);
}

QVariant ChangeListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Actor:
        return tr("Who");
    case Action:
        return tr("What");
    case Kind:
        return tr("Kind");
    case Name:
        return tr("Name");
    case Owner:
        return tr("Owner");
    case Members:
        return tr("Changed members");
    case Address:
        return tr("From address");
    case RequestId:
        return tr("Request ID");
    case Before:
        return tr("Before");
    case After:
        return tr("After");
    default:
        return {};
    }
}

QVariant ChangeListModel::cell(const ChangeRecord& change, int column, int role) const
{
    if (role == Qt::DisplayRole) {
        switch (column) {
        case Time:
            return zonedTimeCell(change.time);
        case Actor:
            return actorName(change);
        case Action:
            return actionWord(change.action);
        case Kind:
            return kindWord(change.kind);
        case Name:
            return toText(change.name);
        case Owner:
            return toText(change.owner);
        case Members:
            return changedMembers(change).join(QStringLiteral(", "));
        case Address:
            return toText(change.actor.address);
        case RequestId:
            return toText(change.actor.requestId);
        case Before:
            return toText(change.before);
        case After:
            return toText(change.after);
        default:
            break;
        }
    } else if (role == Qt::EditRole && column == Time) {
        return timeKey(change.time);
    } else if ((role == CopyRole || role == Qt::ToolTipRole) && column == Time) {
        return exactTimeCell(change.time);
    } else if (role == ToneRole && column == Action) {
        return static_cast<int>(actionTone(change.action));
    }
    return {};
}

} // namespace iam::models
