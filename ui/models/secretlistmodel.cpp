// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secretlistmodel.h"
#include "models/celltext.h"

namespace iam::models {

namespace {

constexpr std::chrono::hours expiresSoon{7 * 24};

TimePoint expiryOf(const contract::Secret& secret)
{
    return TimePoint(std::chrono::seconds(secret.expires));
}

Tone toneOf(const contract::Secret& secret)
{
    const TimePoint now = SystemClock().now();
    if (secret.expires < 1) return Tone::Success;
    if (secret.expiredAt(now)) return Tone::Error;
    return expiryOf(secret) - now < expiresSoon ? Tone::Warning : Tone::Success;
}

} // namespace

SecretListModel::SecretListModel(client::SecretClient client, QObject* parent)
    : PagedListModel(ColumnCount, parent)
    , m_client(client)
{
}

void SecretListModel::setOwner(std::optional<std::string> owner)
{
    if (owner == m_owner) return;
    m_owner = std::move(owner);
    if (state() != ListState::Idle) restart();
}

QVariant SecretListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Owner:
        return tr("Owner");
    case SecretId:
        return tr("Secret ID");
    case State:
        return tr("State");
    case Expires:
        return tr("Expires");
    case Description:
        return tr("Description");
    case Created:
        return tr("Created");
    default:
        return {};
    }
}

client::Reply<contract::ListPage<contract::Secret>> SecretListModel::request(const contract::ListQuery& query)
{
    return m_client.list(query, m_owner);
}

QString SecretListModel::keyOf(const contract::Secret& secret) const
{
    return QString::number(secret.metadata.id);
}

QVariant SecretListModel::cell(const contract::Secret& secret, int column, int role) const
{
    if (role == Qt::DisplayRole) {
        switch (column) {
        case Name:
            return toText(secret.metadata.name);
        case Owner:
            return toText(secret.username);
        case SecretId:
            return toText(secret.secretId);
        case State:
            switch (toneOf(secret)) {
            case Tone::Error:
                return tr("expired");
            case Tone::Warning:
                return tr("expires soon");
            default:
                return tr("valid");
            }
        case Expires:
            return secret.expires < 1 ? tr("never") : timeCell(expiryOf(secret));
        case Description:
            return toText(secret.description);
        case Created:
            return timeCell(secret.metadata.createdAt);
        default:
            break;
        }
    } else if (role == Qt::EditRole) {
        switch (column) {
        case State:
            return static_cast<int>(toneOf(secret));
        case Expires:
            return secret.expires < 1 ? std::numeric_limits<qint64>::max() : qint64{secret.expires};
        case Created:
            return timeKey(secret.metadata.createdAt);
        default:
            break;
        }
    } else if (role == ToneRole && column == State) {
        return static_cast<int>(toneOf(secret));
    }
    return {};
}

} // namespace iam::models
