// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/policylistmodel.h"
#include "models/celltext.h"

namespace iam::models {

namespace {

bool allows(const contract::Policy& policy)
{
    return policy.policy.effect == "allow";
}

} // namespace

PolicyListModel::PolicyListModel(client::PolicyClient client, QObject* parent)
    : PagedListModel(ColumnCount, parent)
    , m_client(client)
{
}

void PolicyListModel::setOwner(std::optional<std::string> owner)
{
    if (owner == m_owner) return;
    m_owner = std::move(owner);
    if (state() != ListState::Idle) restart();
}

QVariant PolicyListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Owner:
        return tr("Owner");
    case Effect:
        return tr("Effect");
    case Subjects:
        return tr("Subjects");
    case Actions:
        return tr("Actions");
    case Resources:
        return tr("Resources");
    case Description:
        return tr("Description");
    case Updated:
        return tr("Changed");
    default:
        return {};
    }
}

client::Reply<contract::ListPage<contract::Policy>> PolicyListModel::request(const contract::ListQuery& query)
{
    return m_client.list(query, m_owner);
}

QString PolicyListModel::keyOf(const contract::Policy& policy) const
{
    return QString::number(policy.metadata.id);
}

QVariant PolicyListModel::cell(const contract::Policy& policy, int column, int role) const
{
    if (role == Qt::DisplayRole) {
        switch (column) {
        case Name:
            return toText(policy.metadata.name);
        case Owner:
            return toText(policy.username);
        case Effect:
            return allows(policy) ? tr("allow") : tr("deny");
        case Subjects:
            return listCell(policy.policy.subjects);
        case Actions:
            return listCell(policy.policy.actions);
        case Resources:
            return listCell(policy.policy.resources);
        case Description:
            return toText(policy.policy.description);
        case Updated:
            return timeCell(policy.metadata.updatedAt);
        default:
            break;
        }
    } else if (role == Qt::EditRole && column == Updated) {
        return timeKey(policy.metadata.updatedAt);
    } else if (role == ToneRole && column == Effect) {
        return static_cast<int>(allows(policy) ? Tone::Success : Tone::Error);
    }
    return {};
}

} // namespace iam::models
