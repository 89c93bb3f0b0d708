// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "models/clusterstate.h"
#include <QString>
#include <functional>

namespace iam::shell {

/// Keeps one session per server beyond the end of the console.
class SessionStore {
public:
    virtual ~SessionStore() = default;
    /// Calls `loaded` once, unless the guard died: with a session, or nothing. Nothing may also mean that the keyring
    /// is locked, so it is no reason to forget anything.
    virtual void load(const QString& server, QObject* guard,
                      std::function<void(std::optional<client::Session>)> loaded) = 0;
    /// `saved(false)`: it could not be kept and ends with the console.
    virtual void save(const QString& server, const client::Session& session, QObject* guard,
                      std::function<void(bool)> saved) = 0;
    virtual void forget(const QString& server) = 0;
};

/// The desktop's keyring, through QtKeychain. In the clear it is kept nowhere.
class KeychainSessionStore final : public SessionStore {
public:
    void load(const QString& server, QObject* guard,
              std::function<void(std::optional<client::Session>)> loaded) override;
    void save(const QString& server, const client::Session& session, QObject* guard,
              std::function<void(bool)> saved) override;
    void forget(const QString& server) override;
};

/// Among the console's settings: addresses, names and a public key, nothing secret.
class SettingsClusterMemory final : public models::ClusterMemory {
public:
    [[nodiscard]] std::optional<models::KnownCluster> load(const std::string& server) const override;
    void keep(const std::string& server, const models::KnownCluster& cluster) override;
};

} // namespace iam::shell
