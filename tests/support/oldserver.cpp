// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/oldserver.h"
#include "contract/metadata.h"
#include <crypt.h>

namespace iam::test {

namespace {

constexpr const char* channel = "iam.cluster.notifications";

QString text(const QString& value)
{
    return u'\'' + QString(value).replace(u"\\"_qs, u"\\\\"_qs).replace(u"'"_qs, u"''"_qs) + u'\'';
}

QString hash(const QString& password)
{
    return text(QString::fromStdString(LegacyDatabase::bcrypt(password.toStdString())));
}

QString document(const QString& name, const QString& effect)
{
    return text(u"{\"id\":\"%1\",\"description\":\"\",\"subjects\":[\"users:\\u003c.*\\u003e\"],\"effect\":\"%2\","
                "\"resources\":[\"r\"],\"actions\":[\"a\"],\"conditions\":{},\"meta\":null}"_qs.arg(name, effect));
}

QString of(const QString& owner, const QString& name)
{
    return u" WHERE username = %1 AND name = %2"_qs.arg(text(owner), text(name));
}

} // namespace

OldServer::OldServer(const LegacyDatabase& database, const RedisServer* redis)
    : m_database(database)
    , m_redis(redis)
{
    if (m_redis == nullptr) return;
    m_listener = std::make_unique<QProcess>();
    m_listener->start(u"redis-cli"_qs,
                      {u"-p"_qs, QString::number(m_redis->port()), u"SUBSCRIBE"_qs, QString::fromLatin1(channel)});
    while (!m_heard.contains(channel) && m_listener->waitForReadyRead(10'000)) m_heard += m_listener->readAll();
    m_heard.clear();
}

OldServer::~OldServer()
{
    if (!m_listener) return;
    m_listener->kill();
    m_listener->waitForFinished(10'000);
}

QString OldServer::value(const QString& select) const
{
    return m_database.run(select).section(u'\n', 0, 0).section(u'\t', 0, 0);
}

void OldServer::create(const QString& table, const QString& columns, const QString& values) const
{
    const QString made =
        value(u"INSERT INTO `%1` (instanceID, createdAt, updatedAt, extendShadow, %2) VALUES ('', NOW(),"
              " NOW(), 'null', %3); SELECT LAST_INSERT_ID()"_qs.arg(table, columns, values));
    const std::string instance = contract::makeInstanceId(table.toStdString() + "-", made.toULongLong());
    m_database.run(u"UPDATE `%1` SET instanceID = %2, updatedAt = NOW() WHERE id = %3"_qs.arg(
        table, text(QString::fromStdString(instance)), made));
}

void OldServer::tell(const char* command) const
{
    if (m_redis == nullptr) return;
    m_redis->ask({u"PUBLISH"_qs, QString::fromLatin1(channel),
                  u"{\"command\":\"%1\",\"payload\":\"\",\"signature\":\"\",\"algorithm\":0}"_qs.arg(
                      QString::fromLatin1(command))});
}

void OldServer::createUser(const QString& name, const QString& password) const
{
    create(u"user"_qs, u"name, status, nickname, password, email, phone, isAdmin, loginedAt"_qs,
           u"%1, 1, %1, %2, 'a@example.com', '1812884', 0, NOW()"_qs.arg(text(name), hash(password)));
}

void OldServer::saveUser(const QString& name, const QString& nickname) const
{
    m_database.run(
        u"UPDATE user SET nickname = %2, updatedAt = NOW() WHERE name = %1"_qs.arg(text(name), text(nickname)));
}

void OldServer::changePassword(const QString& name, const QString& password) const
{
    m_database.run(
        u"UPDATE user SET password = %2, updatedAt = NOW() WHERE name = %1"_qs.arg(text(name), hash(password)));
}

void OldServer::setStatus(const QString& name, int status) const
{
    m_database.run(u"UPDATE user SET status = %2, updatedAt = NOW() WHERE name = %1"_qs.arg(text(name)).arg(status));
}

void OldServer::logIn(const QString& name) const
{
    m_database.run(u"UPDATE user SET loginedAt = NOW(), updatedAt = NOW() WHERE name = %1"_qs.arg(text(name)));
}

void OldServer::removeUser(const QString& name) const
{
    m_database.run(u"DELETE FROM policy WHERE username = %1"_qs.arg(text(name)));
    m_database.run(u"DELETE FROM user WHERE name = %1"_qs.arg(text(name)));
}

void OldServer::createSecret(const QString& owner, const QString& name, const QString& id, const QString& key) const
{
    create(u"secret"_qs, u"name, username, secretID, secretKey, expires, description"_qs,
           u"%1, %2, %3, %4, 0, ''"_qs.arg(text(name), text(owner), text(id), text(key)));
    tell("SecretChanged");
}

void OldServer::saveSecret(const QString& owner, const QString& name, qint64 expires) const
{
    m_database.run(u"UPDATE secret SET expires = %1, updatedAt = NOW()"_qs.arg(expires) + of(owner, name));
    tell("SecretChanged");
}

void OldServer::removeSecret(const QString& owner, const QString& name) const
{
    m_database.run(u"DELETE FROM secret"_qs + of(owner, name));
    tell("SecretChanged");
}

void OldServer::createPolicy(const QString& owner, const QString& name, const QString& effect) const
{
    create(u"policy"_qs, u"name, username, policyShadow"_qs,
           u"%1, %2, %3"_qs.arg(text(name), text(owner), document(name, effect)));
    tell("PolicyChanged");
}

void OldServer::savePolicy(const QString& owner, const QString& name, const QString& effect) const
{
    m_database.run(u"UPDATE policy SET policyShadow = %1, updatedAt = NOW()"_qs.arg(document(name, effect)) +
                   of(owner, name));
    tell("PolicyChanged");
}

void OldServer::removePolicy(const QString& owner, const QString& name) const
{
    m_database.run(u"DELETE FROM policy"_qs + of(owner, name));
    tell("PolicyChanged");
}

bool OldServer::takes(const QString& name, const QString& password) const
{
    const std::string stored = value(u"SELECT password FROM user WHERE name = %1"_qs.arg(text(name))).toStdString();
    crypt_data work{};
    const char* computed = crypt_rn(password.toStdString().c_str(), stored.c_str(), &work, sizeof work);
    return stored.starts_with("$2a$10$") && computed != nullptr && stored == computed;
}

const QString& OldServer::known()
{
    bool told = !m_listener;
    if (m_listener) {
        m_listener->waitForReadyRead(1);
        m_heard += m_listener->readAll();
        told = m_heard.contains("\"PolicyChanged\"") || m_heard.contains("\"SecretChanged\"");
        m_heard.clear();
    }
    if (told)
        m_known =
            m_database.run(u"SELECT 'secret', username, name, secretID, secretKey, expires FROM secret ORDER BY id"
                           " DESC; SELECT 'policy', username, name, policyShadow FROM policy ORDER BY id DESC"_qs);
    return m_known;
}

} // namespace iam::test
