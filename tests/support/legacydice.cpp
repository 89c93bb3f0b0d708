// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/legacydice.h"
#include "contract/metadata.h"
#include <random>

namespace iam::test {

namespace {

constexpr int rolledUsers = 40;
constexpr std::size_t longDocument = 300'000;

QString literal(const std::string& text)
{
    if (text.empty()) return u"''"_qs;
    return u"_utf8mb4 X'%1'"_qs.arg(QString::fromLatin1(QByteArray::fromStdString(text).toHex()));
}

std::string document(const std::string& name, const std::string& rest)
{
    return R"({"id":")" + name + R"(","description":"d","subjects":["users:\u003cpeter|ken\u003e"],"effect":"allow",)" +
           R"("resources":["resources:\u003c.*\u003e"],"actions":["get"],)" + rest + R"("meta":null})";
}

class Roller {
public:
    Roller(const LegacyTwist& twist, std::uint32_t seed)
        : m_twist(twist)
        , m_random(seed)
        , m_dice([this] { return static_cast<std::uint32_t>(m_random()); })
        , m_hash(LegacyDatabase::bcrypt(LegacyDatabase::password))
    {
    }
    QString statements();

private:
    /// Rises, now and then by a leap.
    quint64 nextId()
    {
        m_id += 1 + (m_dice.chance(10) ? m_dice.below(100'000) : 0);
        if (m_dice.chance(2)) m_id += quint64{1} << (20 + m_dice.below(38));
        return m_id;
    }
    QString instance(const char* table, quint64 id)
    {
        if (m_dice.chance(10)) return u"NULL"_qs;
        if (!m_twist.hasUniqueKeys && m_dice.chance(20)) return u"'twice'"_qs;
        if (m_dice.chance(10)) return u"'%1-Odd %2'"_qs.arg(QLatin1String(table)).arg(id % 1'000'000'007);
        return literal(contract::makeInstanceId(std::string(table) + "-", id));
    }
    QString date()
    {
        static const std::vector<const char*> dates{"2021-05-27 10:01:40", "2019-02-28 23:59:59",
                                                    "0000-00-00 00:00:00", "1970-01-02 00:00:01",
                                                    "2037-12-31 00:00:00", "2024-02-29 12:00:00"};
        return u"'%1'"_qs.arg(QLatin1String(m_dice.pick(dates)));
    }
    QString extend()
    {
        static const std::vector<std::string> texts{"null",
                                                    "null",
                                                    "{}",
                                                    "{}",
                                                    "",
                                                    "no json",
                                                    "[1,2]",
                                                    "\"text\"",
                                                    "{\"a\":9007199254740993}",
                                                    "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
                                                    "{\"k\":\"\\u003c\xC3\xA9\"}",
                                                    "{\"a\":1e400}",
                                                    "{",
                                                    " { } "};
        return m_dice.chance(10) ? u"NULL"_qs : literal(m_dice.pick(texts));
    }
    QString text()
    {
        static const std::vector<std::string> texts{"",
                                                    " ",
                                                    "plain",
                                                    "caf\xC3\xA9",
                                                    "\xE8\xAF\xB4\xE6\x98\x8E",
                                                    "two\nlines",
                                                    "tab\tand \\ and ' and \"",
                                                    "%_",
                                                    "trailing  ",
                                                    "\xF0\x9F\x98\x80",
                                                    "NULL",
                                                    "<script>"};
        return literal(m_dice.pick(texts));
    }
    QString password()
    {
        static const std::string rest = ".abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234";
        const std::vector<std::string> passwords{m_hash,
                                                 m_hash,
                                                 m_hash,
                                                 "",
                                                 "Admin@2020",
                                                 "$2b" + m_hash.substr(3),
                                                 "$2y" + m_hash.substr(3),
                                                 "$2x" + m_hash.substr(3),
                                                 "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA",
                                                 "$2a$31$" + rest,
                                                 "p\xC3\xA4ss",
                                                 m_hash + " "};
        return literal(m_dice.pick(passwords));
    }
    std::string rolledName()
    {
        static const std::vector<std::string> names{"p0",          "P0",    "s",  "x/y",   "a b",
                                                    "\xC3\xBCnal", "-a",    "a-", "n.m_o", "",
                                                    "trail ",      "UPPER", "0",  "a\nb",  "drop'table"};
        return m_dice.chance(60) ? "n" + std::to_string(m_dice.below(1000)) : m_dice.pick(names);
    }
    std::string rolledDocument(const std::string& name)
    {
        switch (m_dice.below(16)) {
        case 0:
            return "no json";
        case 1:
            return "null";
        case 2:
            return "";
        case 3:
            return "{}";
        case 4:
            return "[]";
        case 5:
            return document(name, R"("conditions":{"k":{"type":"NoSuchCondition","options":{}}},)");
        case 6:
            return document(name, R"("conditions":{"k":null},)");
        case 7:
            return document(name, R"("conditions":{},"extra":")" + std::string(longDocument, 'x') + R"(",)");
        case 8:
            return document("other", R"("conditions":null,)");
        case 9:
            return R"({"id":1})";
        case 10:
            return document(
                name,
                "\"conditions\":{\"\xE8\xAF\xB4\":{\"type\":\"BooleanCondition\",\"options\":{\"value\":true}}},");
        case 11:
            return R"({"subjects":["<[>"],"actions":["a"],"resources":["<(a+)+$>"],"effect":"Allow"})";
        default:
            return document(name, R"("conditions":{"ip":{"type":"CIDRCondition","options":{"cidr":"10.0.0.0/8"}}},)");
        }
    }
    std::string rolledOwner()
    {
        std::string owner = m_dice.pick(m_users);
        if (m_twist.hasForeignKeys) return owner;
        if (m_dice.chance(5)) return "ghost" + std::to_string(m_dice.below(5));
        if (m_dice.chance(5)) return owner + " ";
        if (m_dice.chance(5) && !owner.empty())
            owner[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(owner[0])));
        return owner;
    }
    void addUser(quint64 id, const std::string& name, const QString& values)
    {
        m_statements += u"INSERT IGNORE INTO user (id, instanceID, name, status, nickname, password, email, phone,"
                        " isAdmin, extendShadow, loginedAt, createdAt, updatedAt) VALUES (%1, %2, %3, %4);\n"_qs.arg(
                            QString::number(id), instance("user", id), literal(name), values);
        m_users.push_back(name);
    }
    void addSecret(quint64 id, const std::string& name, const std::string& owner, const QString& values)
    {
        m_statements += u"INSERT IGNORE INTO secret (id, instanceID, name, username, secretID, secretKey, expires,"
                        " description, extendShadow, createdAt, updatedAt) VALUES (%1, %2, %3, %4, %5);\n"_qs.arg(
                            QString::number(id), instance("secret", id), literal(name), literal(owner), values);
    }
    void addPolicy(quint64 id, const std::string& name, const std::string& owner, const QString& values)
    {
        m_statements += u"INSERT IGNORE INTO policy (id, instanceID, name, username, policyShadow, extendShadow,"
                        " createdAt, updatedAt) VALUES (%1, %2, %3, %4, %5);\n"_qs.arg(
                            QString::number(id), instance("policy", id), literal(name), literal(owner), values);
    }
    void addGood();
    void addUsers();
    void addRest();

    const LegacyTwist& m_twist;
    std::mt19937 m_random;
    support::Dice m_dice;
    const std::string m_hash;
    quint64 m_id = 1000;
    std::vector<std::string> m_users;
    QString m_statements;
};

void Roller::addGood()
{
    const QString times = u"'2021-05-27 10:01:40', '2021-05-28 10:01:40'"_qs;
    for (quint64 i = 0; i < 5; ++i) {
        const std::string name = "good" + std::to_string(i);
        addUser(100 + i, name,
                u"1, 'Good', %1, 'g@example.com', '1', 0, 'null', NULL, %2"_qs.arg(literal(m_hash), times));
        addSecret(100 + i, "s", name,
                  u"%1, %2, 0, '', 'null', %3"_qs.arg(literal(LegacyDatabase::secretId(name)),
                                                      literal(name + std::string(27, 'k')), times));
        addPolicy(100 + 2 * i, "p", name,
                  u"%1, 'null', %2"_qs.arg(literal(document("p", R"("conditions":{},)")), times));
        addPolicy(101 + 2 * i, "q", name,
                  u"%1, 'null', %2"_qs.arg(literal(document("q", R"("conditions":{},)")), times));
    }
}

void Roller::addUsers()
{
    static const std::vector<const char*> numbers{"0", "1", "1", "1", "2", "NULL"};
    for (int i = 0; i < rolledUsers; ++i) {
        std::string name = m_dice.chance(70) ? "u" + std::to_string(m_dice.below(500)) : rolledName();
        if (!m_twist.hasUniqueKeys && !m_users.empty() && m_dice.chance(15)) name = m_dice.pick(m_users);
        const QString phone = m_dice.chance(20) ? u"NULL"_qs : u"'1812884'"_qs;
        const QString loginedAt = m_dice.chance(30) ? u"NULL"_qs : date();
        addUser(nextId(), name,
                u"%1, %2, %3, %4, %5, %6, %7, %8, %9"_qs.arg(QLatin1String(m_dice.pick(numbers)), text(), password(),
                                                             text(), phone, m_dice.chance(10) ? u"1"_qs : u"0"_qs,
                                                             extend(), loginedAt, date() + u", "_qs + date()));
    }
}

void Roller::addRest()
{
    static const std::vector<const char*> expiries{"0", "1", "1534308590", "2147483648", "4294967295"};
    for (int i = 0; i < 3 * rolledUsers; ++i) {
        const std::string owner = rolledOwner();
        const std::string id = m_dice.chance(5) ? "" : LegacyDatabase::secretId(std::to_string(m_dice.below(400)));
        const std::string key = m_dice.chance(4) ? "" : m_dice.chance(4) ? "k\xC3\xA9y" : "key" + std::to_string(i);
        addSecret(nextId(), rolledName(), owner,
                  u"%1, %2, %3, %4, %5, %6, %7"_qs.arg(literal(id), literal(key), QLatin1String(m_dice.pick(expiries)),
                                                       text(), extend(), date(), date()));
        const std::string name = rolledName();
        const QString shadow = m_dice.chance(5) ? u"NULL"_qs : literal(rolledDocument(name));
        addPolicy(nextId(), name, rolledOwner(), u"%1, %2, %3, %4"_qs.arg(shadow, extend(), date(), date()));
    }
    for (int i = 0; m_twist.hasAudit && i < 20; ++i) {
        const quint64 id = 1 + m_dice.below(99);
        m_statements += u"INSERT IGNORE INTO policy_audit VALUES (%1, %2, %3, %4, %5, %6, %7, %8, %9);\n"_qs.arg(
            QString::number(id), instance("policy", id), literal(rolledName()), literal(m_dice.pick(m_users)),
            literal(rolledDocument("r")), extend(), date(), date(), date());
    }
}

QString Roller::statements()
{
    m_statements = u"SET foreign_key_checks = 0; SET sql_mode = ''; START TRANSACTION;\n"_qs;
    addGood();
    m_users.clear(); // theirs is in order
    addUsers();
    addRest();
    return m_statements + u"COMMIT;"_qs;
}

QStringList columnsOf(const LegacyDatabase& database, const QString& table)
{
    return database
        .run(u"SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '%1'"
             " ORDER BY ordinal_position;"_qs.arg(table))
        .split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

void rollLegacyRows(const LegacyDatabase& database, const LegacyTwist& twist, std::uint32_t seed)
{
    database.run(Roller(twist, seed).statements());
    if (twist.hasMore)
        database.run(u"UPDATE user SET department = CONCAT('d', id % 7); UPDATE secret SET note = name;"_qs);
}

void twistLegacyTables(const LegacyDatabase& database, const LegacyTwist& twist)
{
    QString all =
        u"SET sql_mode = ''; ALTER TABLE secret DROP FOREIGN KEY fk_secret_user; ALTER TABLE policy DROP FOREIGN"
        " KEY fk_policy_user;\n"_qs;
    if (!twist.hasAudit || !twist.hasTriggers)
        all += u"DROP TRIGGER policy_BEFORE_DELETE; DROP TRIGGER user_BEFORE_DELETE;\n"_qs;
    if (!twist.hasAudit) all += u"DROP TABLE policy_audit;\n"_qs;
    QStringList tables{u"user"_qs, u"secret"_qs, u"policy"_qs};
    if (twist.hasAudit) tables << u"policy_audit"_qs;
    for (const QString& table : tables) {
        const bool isSecret = table == u"secret" && !twist.secretCollation.isEmpty();
        all += u"ALTER TABLE %1 ENGINE = %2, CONVERT TO CHARACTER SET %3 COLLATE %4;\n"_qs.arg(
            table, twist.engine, twist.charset, isSecret ? twist.secretCollation : twist.collation);
        if (!twist.hasUniqueKeys) all += u"ALTER TABLE %1 DROP INDEX instanceID_UNIQUE;\n"_qs.arg(table);
        if (twist.hasFractions)
            all +=
                u"ALTER TABLE %1 MODIFY createdAt datetime(3) NULL, MODIFY updatedAt datetime(3) NULL;\n"_qs.arg(table);
    }
    if (!twist.hasUniqueKeys) all += u"ALTER TABLE user DROP INDEX idx_name, ADD INDEX (name);\n"_qs;
    if (twist.hasForeignKeys)
        for (const char* table : {"secret", "policy"})
            all += u"ALTER TABLE %1 ADD CONSTRAINT fk_%1_user FOREIGN KEY (username) REFERENCES user (name) ON DELETE"
                   " CASCADE;\n"_qs.arg(QLatin1String(table));
    if (twist.hasMore)
        all += u"ALTER TABLE user ADD department varchar(20) NULL AFTER name, ADD INDEX (email(20));"
               " ALTER TABLE secret ADD note varchar(80) NOT NULL DEFAULT '';"
               " CREATE VIEW enabled_users AS SELECT name, email FROM user WHERE status = 1;"
               " CREATE TABLE sessions (id INT PRIMARY KEY, said TEXT); INSERT INTO sessions VALUES (7, 'mine');"
               " CREATE TABLE `their table` (id INT PRIMARY KEY); INSERT INTO `their table` VALUES (8);\n"_qs;
    database.run(all);
}

PlainRows readPlainRows(const LegacyDatabase& database)
{
    PlainRows rows;
    for (const QString& table : database.run(u"SHOW FULL TABLES WHERE table_type = 'BASE TABLE';"_qs).split(u'\n')) {
        const QString name = table.section(u'\t', 0, 0);
        if (!QStringList{u"user"_qs, u"secret"_qs, u"policy"_qs, u"policy_audit"_qs}.contains(name)) continue;
        QStringList values;
        for (const QString& column : columnsOf(database, name)) values << u"IFNULL(HEX(`%1`), 'NULL')"_qs.arg(column);
        const QString lines =
            database.run(u"SELECT id, CONCAT_WS('|', %1) FROM `%2`;"_qs.arg(values.join(u", "_qs), name));
        rows.insert(name, {});
        for (const QString& line : lines.split(u'\n', Qt::SkipEmptyParts))
            rows[name].insert(line.section(u'\t', 0, 0).toULongLong(), line.section(u'\t', 1));
    }
    return rows;
}

QString differenceOf(const PlainRows& before, const PlainRows& after, const QStringList& except)
{
    QStringList different;
    if (before.keys() != after.keys()) different << u"tables "_qs + QStringList(after.keys()).join(u' ');
    for (const QString& table : before.keys()) {
        QMap<quint64, QString> all = before.value(table);
        all.insert(after.value(table));
        for (const quint64 id : all.keys()) {
            const QString row = u"%1 %2"_qs.arg(table).arg(id);
            const QString old = before.value(table).value(id);
            const QString now = after.value(table).value(id);
            if (old != now && !except.contains(row))
                different << row + u": "_qs + old.left(600) + u" -> "_qs + now.left(600);
        }
    }
    return different.mid(0, 5).join(u"\n"_qs);
}

} // namespace iam::test
