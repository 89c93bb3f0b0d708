// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "support/legacydatabase.h"
#include "support/redisserver.h"
#include <memory>

namespace iam::test {

/// Stands in for a server of the old system on its database: writes the rows as its apiserver does (each creation
/// first without an instance id, whole rows at every change, a user's policies before the user), tells of secrets and
/// policies through Redis, of users not, and knows what its authz-server would: all secrets and policies as they were
/// read at the last message.
class OldServer {
public:
    /// `redis`, which runs, may be null: then nobody is told. Both outlive this.
    explicit OldServer(const LegacyDatabase& database, const RedisServer* redis = nullptr);
    /// Ends the listening.
    ~OldServer();
    OldServer(const OldServer&) = delete;
    OldServer& operator=(const OldServer&) = delete;

    void createUser(const QString& name, const QString& password) const;
    void saveUser(const QString& name, const QString& nickname) const;
    void changePassword(const QString& name, const QString& password) const;
    void setStatus(const QString& name, int status) const;
    void logIn(const QString& name) const; ///< as every log-in and every Basic request does
    void removeUser(const QString& name) const;

    void createSecret(const QString& owner, const QString& name, const QString& id, const QString& key) const;
    void saveSecret(const QString& owner, const QString& name, qint64 expires) const;
    void removeSecret(const QString& owner, const QString& name) const;

    void createPolicy(const QString& owner, const QString& name, const QString& effect) const;
    void savePolicy(const QString& owner, const QString& name, const QString& effect) const;
    void removePolicy(const QString& owner, const QString& name) const;

    /// Whether the password fits what is stored, as bcrypt of cost 10 under the one name that the old system makes.
    [[nodiscard]] bool takes(const QString& name, const QString& password) const;
    /// The lines of secrets and policies that its authz-server knows, newest first; read anew when a message came
    /// since. Without Redis it is read anew at each call.
    [[nodiscard]] const QString& known();
    /// The first column of the first row of a SELECT.
    [[nodiscard]] QString value(const QString& select) const;

private:
    void create(const QString& table, const QString& columns, const QString& values) const;
    void tell(const char* command) const;

    const LegacyDatabase& m_database;
    const RedisServer* m_redis;
    std::unique_ptr<QProcess> m_listener;
    QByteArray m_heard;
    QString m_known;
};

} // namespace iam::test
