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
    if (!secret.enabled()) return Tone::Neutral;
    if (secret.expiredAt(now)) return Tone::Error;
    if (secret.expires >= 1 && expiryOf(secret) - now < expiresSoon) return Tone::Warning;
    return secret.previous ? Tone::Info : Tone::Success;
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
    case LastUsed:
        return tr("Last used");
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
            case Tone::Neutral:
                return tr("disabled");
            case Tone::Info:
                return tr("two keys");
            case Tone::Error:
                return tr("expired");
            case Tone::Warning:
                return tr("expires soon");
            default:
                return tr("valid");
            }
        case LastUsed:
            return secret.lastUse.at ? timeCell(*secret.lastUse.at) : tr("never", "used");
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
        case LastUsed:
            return secret.lastUse.at ? timeKey(*secret.lastUse.at) : qint64{0};
        case Expires:
            return secret.expires < 1 ? std::numeric_limits<qint64>::max() : qint64{secret.expires};
        case Created:
            return timeKey(secret.metadata.createdAt);
        default:
            break;
        }
    } else if (role == ToneRole && column == State) {
        return static_cast<int>(toneOf(secret));
    } else if (role == Qt::ToolTipRole && column == LastUsed && secret.lastUse.at) {
        return tr("%1 from %2, action %3")
            .arg(timeCell(*secret.lastUse.at), toText(secret.lastUse.address), toText(secret.lastUse.action))
            .toHtmlEscaped();
    }
    return {};
}

} // namespace iam::models
