// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/loginlistmodel.h"
#include "models/celltext.h"

namespace iam::models {

LoginListModel::LoginListModel(client::LoginListClient client, std::optional<std::string> owner, QObject* parent)
    : PagedListModel(ColumnCount, parent)
    , m_client(client)
    , m_owner(std::move(owner))
{
}

QVariant LoginListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Address:
        return tr("From");
    case Began:
        return tr("Since");
    case Ends:
        return tr("Ends at the latest");
    case Program:
        return tr("Program");
    default:
        return {};
    }
}

client::Reply<contract::ListPage<contract::Session>> LoginListModel::request(const contract::ListQuery& query)
{
    return m_client.list(query, m_owner);
}

QString LoginListModel::keyOf(const contract::Session& session) const
{
    return toText(session.id);
}

QVariant LoginListModel::cell(const contract::Session& session, int column, int role) const
{
    if (role == Qt::DisplayRole) {
        switch (column) {
        case Address:
            return session.current ? tr("%1 (this one)").arg(toText(session.address)) : toText(session.address);
        case Began:
            return timeCell(session.createdAt);
        case Ends:
            return timeCell(session.expiresAt);
        case Program:
            return toText(session.userAgent);
        default:
            break;
        }
    } else if (role == Qt::EditRole) {
        switch (column) {
        case Began:
            return timeKey(session.createdAt);
        case Ends:
            return timeKey(session.expiresAt);
        default:
            break;
        }
    }
    return {};
}

} // namespace iam::models
