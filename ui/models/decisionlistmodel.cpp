// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/decisionlistmodel.h"
#include "contract/decision.h"
#include "models/celltext.h"

namespace iam::models {

using contract::DecisionRecord;

DecisionListModel::DecisionListModel(client::RecordClient client, QObject* parent)
    : RecordListModel(ColumnCount, parent)
    , m_client(client)
{
}

QString DecisionListModel::keyOf(const DecisionRecord& record) const
{
    return toText(record.node) + u'/' + QString::number(record.sequence) + u'/' + QString::number(timeKey(record.time));
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

client::Reply<DecisionListModel::Page> DecisionListModel::request(const contract::RecordFilter& filter,
                                                                  const std::string& cursor, int limit)
{
    return m_client.decisions(filter, cursor, limit);
}

} // namespace iam::models
