// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/legacydatabase.h"
#include "contract/metadata.h"
#include <crypt.h>
#include <memory>

namespace iam::test {

namespace {

constexpr const char* tables = R"(
SET NAMES utf8mb4;
CREATE TABLE `user` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `instanceID` varchar(32) DEFAULT NULL,
  `name` varchar(45) NOT NULL,
  `status` int(1) DEFAULT 1,
  `nickname` varchar(30) NOT NULL,
  `password` varchar(255) NOT NULL,
  `email` varchar(256) NOT NULL,
  `phone` varchar(20) DEFAULT NULL,
  `isAdmin` tinyint(1) unsigned NOT NULL DEFAULT 0,
  `extendShadow` longtext DEFAULT NULL,
  `loginedAt` timestamp NULL DEFAULT NULL,
  `createdAt` timestamp NOT NULL DEFAULT current_timestamp(),
  `updatedAt` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (`id`),
  UNIQUE KEY `idx_name` (`name`),
  UNIQUE KEY `instanceID_UNIQUE` (`instanceID`)
) ENGINE=InnoDB AUTO_INCREMENT=38 DEFAULT CHARSET=utf8;
CREATE TABLE `secret` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `instanceID` varchar(32) DEFAULT NULL,
  `name` varchar(45) NOT NULL,
  `username` varchar(255) NOT NULL,
  `secretID` varchar(36) NOT NULL,
  `secretKey` varchar(255) NOT NULL,
  `expires` int(64) unsigned NOT NULL DEFAULT 1534308590,
  `description` varchar(255) NOT NULL,
  `extendShadow` longtext DEFAULT NULL,
  `createdAt` timestamp NOT NULL DEFAULT current_timestamp(),
  `updatedAt` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (`id`),
  UNIQUE KEY `instanceID_UNIQUE` (`instanceID`),
  KEY `fk_secret_user_idx` (`username`),
  CONSTRAINT `fk_secret_user` FOREIGN KEY (`username`) REFERENCES `user` (`name`) ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE=InnoDB AUTO_INCREMENT=22 DEFAULT CHARSET=utf8;
CREATE TABLE `policy` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `instanceID` varchar(32) DEFAULT NULL,
  `name` varchar(45) NOT NULL,
  `username` varchar(255) NOT NULL,
  `policyShadow` longtext DEFAULT NULL,
  `extendShadow` longtext DEFAULT NULL,
  `createdAt` timestamp NOT NULL DEFAULT current_timestamp(),
  `updatedAt` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (`id`),
  UNIQUE KEY `instanceID_UNIQUE` (`instanceID`),
  KEY `fk_policy_user_idx` (`username`),
  CONSTRAINT `fk_policy_user` FOREIGN KEY (`username`) REFERENCES `user` (`name`) ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE=InnoDB AUTO_INCREMENT=47 DEFAULT CHARSET=utf8;
CREATE TABLE `policy_audit` (
  `id` bigint(20) unsigned NOT NULL,
  `instanceID` varchar(32) DEFAULT NULL,
  `name` varchar(45) NOT NULL,
  `username` varchar(255) NOT NULL,
  `policyShadow` longtext DEFAULT NULL,
  `extendShadow` longtext DEFAULT NULL,
  `createdAt` timestamp NOT NULL DEFAULT current_timestamp(),
  `updatedAt` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `deletedAt` timestamp NOT NULL DEFAULT '0000-00-00 00:00:00',
  PRIMARY KEY (`id`),
  UNIQUE KEY `instanceID_UNIQUE` (`instanceID`),
  KEY `fk_policy_user_idx` (`username`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
DELIMITER ;;
CREATE DEFINER=`iam`@`127.0.0.1` TRIGGER `policy_BEFORE_DELETE` BEFORE DELETE ON `policy` FOR EACH ROW
BEGIN
  insert into policy_audit values(old.id, old.instanceID, old.name, old.username, old.policyShadow, old.extendShadow,
    old.createdAt, old.updatedAt, curtime());
END;;
CREATE DEFINER=`iam`@`127.0.0.1` TRIGGER `user_BEFORE_DELETE` BEFORE DELETE ON `user` FOR EACH ROW
BEGIN
  delete from secret where username = old.name;
  delete from policy where username = old.name;
END;;
DELIMITER ;
)";

QString quoted(const std::string& text)
{
    return u'\'' + QString::fromStdString(text).replace(u"\\"_qs, u"\\\\"_qs).replace(u"'"_qs, u"''"_qs) + u'\'';
}

QString instance(const char* prefix, int id)
{
    return quoted(contract::makeInstanceId(prefix, static_cast<std::uint64_t>(id)));
}

/// As the old server writes a policy: its own order of members, < and > escaped.
std::string shadow(const std::string& name, const std::string& action = "get", const std::string& effect = "allow",
                   const std::string& conditions = "{}")
{
    return R"({"id":")" + name + R"(","description":"","subjects":["users:\u003cpeter|ken\u003e"],"effect":")" +
           effect + R"(","resources":["resources:\u003c.*\u003e"],"actions":[")" + action + R"("],"conditions":)" +
           conditions + R"(,"meta":null})";
}

QString user(int id, const std::string& name, const QString& rest)
{
    return u"INSERT INTO user (id, instanceID, name, status, nickname, password, email, phone, isAdmin, extendShadow,"
           " loginedAt, createdAt, updatedAt) VALUES (%1, %2, %3, %4);\n"_qs.arg(id)
               .arg(instance("user-", id), quoted(name), rest);
}

QString secret(int id, const std::string& name, const std::string& owner, const std::string& secretId,
               const QString& expires = u"0"_qs, const QString& extend = u"'{}'"_qs)
{
    return u"INSERT INTO secret (id, instanceID, name, username, secretID, secretKey, expires, description,"
           " extendShadow, createdAt, updatedAt) VALUES (%1, %2, %3, %4, %5, %6, %7, '\u8bf4\u660e', %8,"
           " '2021-05-27 10:01:40', '2021-05-28 10:01:40');\n"_qs.arg(id)
               .arg(instance("secret-", id), quoted(name), quoted(owner), quoted(secretId),
                    quoted("key" + std::to_string(id) + std::string(27, 'k')), expires, extend);
}

QString policy(int id, const std::string& name, const std::string& owner, const QString& document)
{
    return u"INSERT INTO policy (id, instanceID, name, username, policyShadow, extendShadow, createdAt, updatedAt)"
           " VALUES (%1, %2, %3, %4, %5, 'null', '2021-05-27 10:01:40', '2021-05-28 10:01:40');\n"_qs.arg(id)
               .arg(instance("policy-", id), quoted(name), quoted(owner), document);
}

QString removed(int id, const std::string& name, const char* deletedAt)
{
    return u"INSERT INTO policy_audit VALUES (%1, %2, %3, 'alice', %4, 'null', '2021-01-01 00:00:00',"
           " '2021-01-01 00:00:00', '%5');\n"_qs.arg(id)
               .arg(instance("policy-", id), quoted(name), quoted(shadow(name)), QString::fromLatin1(deletedAt));
}

} // namespace

LegacyDatabase::LegacyDatabase(MariaDbServer& server)
    : m_server(server)
    , m_name(server.makeDatabase())
{
    const QString account = u"'%1'@'127.0.0.1'"_qs.arg(QLatin1String(MariaDbServer::username));
    m_server.run(u"CREATE USER IF NOT EXISTS %1 IDENTIFIED BY '%2'; GRANT ALL ON *.* TO %1;"_qs.arg(
        account, QLatin1String(MariaDbServer::password)));
    m_server.run(u"ALTER DATABASE %1 CHARACTER SET utf8 COLLATE utf8_general_ci"_qs.arg(m_name));
    run(QString::fromLatin1(tables));
}

void LegacyDatabase::addAdministrator() const
{
    run(u"INSERT INTO user VALUES (1, 'user-lingfei', 'admin', 1, 'admin', %1, 'admin@foxmail.com', '1812884xxxx', 1,"
        " '{}', now(), '2021-05-27 10:01:40', '2021-05-05 21:13:14');"_qs.arg(quoted(bcrypt(password))));
}

void LegacyDatabase::addMany(int count) const
{
    const QString hash = quoted(bcrypt(password));
    QString statements = u"START TRANSACTION;\n"_qs;
    for (int number = 1; number <= count; ++number) {
        const std::string digits = QStringLiteral("%1").arg(number, 4, 10, QLatin1Char('0')).toStdString();
        const int id = 1000 + number;
        statements += user(id, "user" + digits,
                           u"%1, 'nick', %2, 'u@example.com', '123', 0, 'null', NULL, '2021-05-27 10:01:40',"
                           " '2021-05-27 10:01:40'"_qs.arg(number % 10 == 0 ? 0 : 1)
                               .arg(hash));
        statements +=
            u"INSERT INTO secret VALUES (%1, %2, 's', 'user%3', 'sid%3%4', 'key%3%5', 0, '', 'null',"
            " '2021-05-27 10:01:40', '2021-05-27 10:01:40');\n"_qs.arg(id)
                .arg(instance("secret-", id), QString::fromStdString(digits), QString(29, u'x'), QString(25, u'k'));
        statements += policy(id, "p", "user" + digits, quoted(shadow("p")));
    }
    run(statements + u"COMMIT;"_qs);
}

void LegacyDatabase::addBlemishes() const
{
    const QString hash = quoted(bcrypt(password));
    const QString times = u"'2021-05-27 10:01:40', '2021-05-28 10:01:40'"_qs;
    const QString plain = u"'nick', %1, 'u@example.com', '123', 0, 'null', NULL, "_qs.arg(hash) + times;
    const std::string sid = secretId("twice");
    run(u"SET foreign_key_checks = 0;\n"_qs +
        user(38, "alice",
             u"1, '\u7231\u4e3d\u4e1d', %1, 'alice@example.com', '1812884xxxx', 1, '{\"team\":\"red\"}',"
             " '2021-06-01 00:00:00', "_qs.arg(hash) +
                 times) +
        user(39, "bob", u"0, "_qs + plain) +
        user(40, "carol",
             u"1, 'nick', %1, 'c@example.com', '', 0, '{}', '0000-00-00 00:00:00', "_qs.arg(hash) + times) +
        user(41, "dave", u"1, 'nick', %1, 'd@example.com', '', 0, 'no json', NULL, "_qs.arg(hash) + times) +
        user(42, "erin ", u"1, "_qs + plain) + user(43, "\u00fcnal", u"1, "_qs + plain) +
        user(44, "frank", u"1, 'nick', 'Admin@2020', 'f@example.com', '', 1, '{}', NULL, "_qs + times) +
        user(45, "grace",
             u"1, 'nick', %1, 'g@example.com', '', 0, '{}', '2019-02-02 00:00:00', '2019-01-01 00:00:00',"
             " '2019-02-02 00:00:00'"_qs.arg(quoted(bcrypt(password, 4)))) +
        u"INSERT INTO user (id, name, status, nickname, password, email, createdAt, updatedAt) VALUES (46, 'henry', "
        u"NULL,"
        " 'nick', %1, 'h@example.com', %2);\n"_qs.arg(hash, times) +
        user(47, "ivan", u"1, '', %1, 'nowhere', '', 0, '', NULL, "_qs.arg(hash) + times) +
        secret(22, "s0", "alice", sid) + secret(23, "s0", "alice", secretId("b")) + secret(24, "s1", "bob", sid) +
        secret(25, "s2", "ALICE", secretId("c")) + secret(26, "s3", "ghost", secretId("d")) +
        secret(27, "S0", "alice", secretId("e")) + secret(28, "s4", "carol", secretId("f"), u"1534308590"_qs) +
        secret(29, "s5", "dave", secretId("g"), u"4294967295"_qs, u"'{'"_qs) +
        policy(47, "p0", "alice", quoted(shadow("p0"))) + policy(48, "p0", "alice", quoted(shadow("p0", "delete"))) +
        policy(49, "p1", "alice", u"'no json'"_qs) +
        policy(50, "p2", "alice",
               quoted(shadow("p2", "get", "allow", R"({"k":{"type":"NoSuchCondition","options":{}}})"))) +
        policy(51, "p3", "alice", quoted(shadow("p3", "\\u003c[\\u003e"))) +
        policy(52, "p4", "alice", quoted(shadow("p4", "get", "maybe"))) +
        policy(53, "p5", "ALICE", quoted(shadow("p5"))) + policy(54, "p0", "bob", quoted(shadow("p0"))) +
        policy(55, "p6", "ghost", quoted(shadow("p6"))) + policy(56, "p7", "carol", u"NULL"_qs) +
        removed(10, "old", "0000-00-00 00:00:00") + removed(11, "older", "2021-02-02 00:00:00"));
}

void LegacyDatabase::addOverLongName() const
{
    run(u"SET foreign_key_checks = 0; ALTER TABLE secret DROP FOREIGN KEY fk_secret_user;"
        " ALTER TABLE policy DROP FOREIGN KEY fk_policy_user; ALTER TABLE user MODIFY name varchar(80) NOT NULL;"
        " ALTER TABLE secret ADD CONSTRAINT fk_secret_user FOREIGN KEY (username) REFERENCES user (name);"
        " ALTER TABLE policy ADD CONSTRAINT fk_policy_user FOREIGN KEY (username) REFERENCES user (name);\n"_qs +
        user(48, std::string(60, 'n'),
             u"1, 'nick', %1, 'n@example.com', '', 0, '{}', NULL, now(), now()"_qs.arg(quoted(bcrypt(password)))));
}

QString LegacyDatabase::fingerprint() const
{
    QString all = run(u"CHECKSUM TABLE user, secret, policy, policy_audit;"_qs);
    for (const char* table : {"user", "secret", "policy", "policy_audit"})
        all += run(u"SHOW CREATE TABLE %1;"_qs.arg(QLatin1String(table)));
    return all + run(u"SELECT trigger_name, event_manipulation, event_object_table, action_statement, definer FROM"
                     " information_schema.triggers WHERE trigger_schema = '%1' ORDER BY trigger_name;"_qs.arg(m_name));
}

LegacyDatabase::Reader::Reader(const LegacyDatabase& database)
{
    m_client.start(QStringLiteral("mariadb"),
                   {QStringLiteral("--no-defaults"), QStringLiteral("--user=root"),
                    QStringLiteral("--socket=") + database.m_server.socket(), QStringLiteral("--unbuffered"),
                    QStringLiteral("--skip-column-names"), database.m_name});
    m_client.write("BEGIN; SELECT COUNT(*) FROM user;\n");
    m_client.waitForReadyRead(30'000);
}

void LegacyDatabase::Reader::stop()
{
    if (m_client.state() == QProcess::NotRunning) return;
    m_client.kill();
    m_client.waitForFinished(30'000);
}

std::string LegacyDatabase::bcrypt(const std::string& password, int cost)
{
    const std::string setting =
        "$2a$" + std::string(cost < 10 ? "0" : "") + std::to_string(cost) + "$abcdefghijklmnopqrstuu";
    const auto work = std::make_unique<crypt_data>();
    const char* hash = crypt_rn(password.c_str(), setting.c_str(), work.get(), sizeof *work);
    return hash ? hash : "";
}

std::string LegacyDatabase::secretId(const std::string& beginning)
{
    return beginning + std::string(36 - beginning.size(), 'i');
}

} // namespace iam::test
