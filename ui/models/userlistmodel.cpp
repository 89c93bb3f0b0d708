// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/userlistmodel.h"
#include "models/celltext.h"

namespace iam::models {

UserListModel::UserListModel(client::UserClient client, QObject* parent)
    : PagedListModel(ColumnCount, parent)
    , m_client(client)
{
}

void UserListModel::setWhich(contract::WhichUsers which)
{
    if (which == m_which) return;
    m_which = which;
    if (state() != ListState::Idle) restart();
}

QVariant UserListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Nickname:
        return tr("Nickname");
    case Email:
        return tr("E-mail");
    case Phone:
        return tr("Phone");
    case Status:
        return tr("State");
    case Policies:
        return tr("Policies");
    case LastLogin:
        return tr("Last log-in");
    case Created:
        return tr("Created");
    default:
        return {};
    }
}

client::Reply<contract::ListPage<contract::User>> UserListModel::request(const contract::ListQuery& query)
{
    return m_client.list(query, m_which);
}

QString UserListModel::keyOf(const contract::User& user) const
{
    return QString::number(user.metadata.id);
}

QVariant UserListModel::cell(const contract::User& user, int column, int role) const
{
    if (role == Qt::DisplayRole) {
        switch (column) {
        case Name:
            return toText(user.metadata.name);
        case Nickname:
            return toText(user.nickname);
        case Email:
            return toText(user.email);
        case Phone:
            return toText(user.phone);
        case Status:
            return user.enabled() ? tr("enabled") : tr("disabled");
        case Policies:
            return QString::number(user.totalPolicy);
        case LastLogin:
            return user.loginedAt ? timeCell(*user.loginedAt) : tr("never");
        case Created:
            return timeCell(user.metadata.createdAt);
        default:
            break;
        }
    } else if (role == Qt::EditRole) {
        switch (column) {
        case Status:
            return user.status;
        case Policies:
            return qlonglong{user.totalPolicy};
        case LastLogin:
            return user.loginedAt ? timeKey(*user.loginedAt) : qint64{-1};
        case Created:
            return timeKey(user.metadata.createdAt);
        default:
            break;
        }
    } else if (role == ToneRole && column == Status) {
        return static_cast<int>(user.enabled() ? Tone::Success : Tone::Neutral);
    } else if (role == Qt::TextAlignmentRole && column == Policies) {
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    }
    return {};
}

} // namespace iam::models
