// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "shell/sessionstore.h"
#include <QHash>

namespace iam::support {

/// Keeps sessions as a keyring would, or refuses like a desktop without one.
class MemorySessionStore final : public shell::SessionStore {
public:
    void load(const QString& server, QObject* guard,
              std::function<void(std::optional<client::Session>)> loaded) override
    {
        QMetaObject::invokeMethod(
            guard,
            [this, server, loaded] {
                loaded(available && kept.contains(server) ? std::optional(kept[server]) : std::nullopt);
            },
            Qt::QueuedConnection);
    }
    void save(const QString& server, const client::Session& session, QObject* guard,
              std::function<void(bool)> saved) override
    {
        if (available) kept[server] = session;
        QMetaObject::invokeMethod(
            guard, [this, saved] { saved(available); }, Qt::QueuedConnection);
    }
    void forget(const QString& server) override { kept.remove(server); }

    bool available = true;
    QHash<QString, client::Session> kept;
};

} // namespace iam::support
