// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordsdrill/installation.h"
#include "records/legacy/legacylist.h"
#include "support/freeport.h"
#include "support/mongostandin.h"
#include <QDir>
#include <QFile>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace iam::drill {

namespace {

constexpr const char* chunkKey = "iam-console:legacy-drain:chunk"; // what the drain has taken out of the list
constexpr int refusedByRule = 121;                                 // MongoDB: DocumentValidationFailure
constexpr const char* userPassword = "Drill@2026";

std::uint64_t sequenceOf(const std::string& documentId) // NODE:SEQUENCE:TIME
{
    return std::strtoull(documentId.c_str() + documentId.find(':') + 1, nullptr, 10);
}

QString lastOf(const QByteArray& log)
{
    return QString::fromUtf8(log.right(3000));
}

} // namespace

const char* nameOf(Part part)
{
    switch (part) {
    case Part::Database:
        return "MariaDB";
    case Part::Redis:
        return "Redis";
    case Part::Syslog:
        return "rsyslogd";
    case Part::Mongo:
        return "MongoDB (stand-in)";
    case Part::Csv:
        return "csv folder taken away";
    case Part::Server:
        return "server";
    case Part::Pump:
        return "pump";
    }
    return "";
}

Installation::Installation()
    : m_mongoPort(test::freePort())
{
}

Installation::~Installation() = default;

QStringList Installation::settings() const
{
    return {QStringLiteral("store.driver=mysql"),
            QStringLiteral("mysql.host=127.0.0.1:%1").arg(m_database.port()),
            QStringLiteral("mysql.username=") + QString::fromLatin1(test::MariaDbServer::username),
            QStringLiteral("mysql.password=") + QString::fromLatin1(test::MariaDbServer::password),
            QStringLiteral("mysql.database=") + m_schema,
            QStringLiteral("redis.host=127.0.0.1"),
            QStringLiteral("redis.port=%1").arg(m_redis.port()),
            QStringLiteral("server.node-name=") + QString::fromLatin1(nodeName)};
}

bool Installation::writePumpConfig() const
{
    QFile file(pumpConfig());
    const QString text =
        QStringLiteral("roles: [pump]\n"
                       "pump:\n"
                       "  bind-port: 0\n"
                       "  drain-legacy-queue: true\n"
                       "  sinks:\n"
                       "    - {type: csv, meta: {csv_dir: \"%1\", identity_columns: true}}\n"
                       "    - {type: sql, meta: {driver: mysql, host: 127.0.0.1, port: %2,"
                       " username: %3, password: \"%4\", database: %5}}\n"
                       "    - {name: sqlite, type: sql, filters: {skip-usernames: [%6]},"
                       " meta: {driver: sqlite, path: \"%7\"}}\n"
                       "    - {type: syslog, meta: {transport: tcp, network_addr: \"127.0.0.1:%8\"}}\n"
                       "    - {type: mongo, meta: {mongo_url: \"mongodb://127.0.0.1:%9/iam\","
                       " collection_name: decisions}}\n"
                       "    - {type: prometheus}\n"
                       "    - {type: dummy}\n")
            .arg(path(QStringLiteral("csv")))
            .arg(m_database.port())
            .arg(QString::fromLatin1(test::MariaDbServer::username), QString::fromLatin1(test::MariaDbServer::password),
                 m_archive, QString::fromLatin1(otherOwner), path(QStringLiteral("archive.db")))
            .arg(m_syslog.port())
            .arg(m_mongoPort);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
}

bool Installation::makeAccounts()
{
    const std::string admin = m_server.logInAsAdmin();
    const std::string name = otherOwner;
    const auto user = m_server.api("POST", "/v1/users", admin,
                                   R"({"metadata":{"name":")" + name + R"("},"nickname":"c","password":")" +
                                       userPassword + R"(","email":"c@example.com"})");
    const std::string other = m_server.logIn(name, userPassword);
    m_secrets = {test::makeSecret(m_server, admin, "drill"), test::makeSecret(m_server, other, "drill")};
    // Without a policy of its owner the old system records nothing.
    for (const std::string& token : {admin, other}) {
        const auto made = m_server.api("POST", "/v1/policies", token,
                                       R"({"metadata":{"name":"readers"},"policy":{"effect":"allow","subjects":)"
                                       R"(["peter"],"actions":["read"],"resources":["drill:<.*>"]}})");
        if (made.status != 200) return false;
    }
    return user.status == 200 && !m_secrets[0].id.empty() && !m_secrets[1].id.empty();
}

QStringList Installation::beginRun()
{
    m_runs.push_back({m_runs.size() % 2 == 1, {}});
    const std::uint16_t port = m_server.authzPort() != 0 ? m_server.authzPort() : test::freePort();
    return settings() << QStringLiteral("analytics.enable-legacy-queue=true")
                      << QStringLiteral("records.durability=") +
                             (m_runs.back().sync ? QStringLiteral("sync") : QStringLiteral("interval"))
                      << QStringLiteral("authz-server.insecure.bind-port=%1").arg(port);
}

void Installation::startMongo()
{
    m_mongo = std::make_unique<test::ChildProcess>(
        std::vector<std::string>{beMongoOption, std::to_string(m_mongoPort), mongoJournal().toStdString()});
    m_mongo->awaitReady();
}

bool Installation::start(const std::vector<std::chrono::milliseconds>& firstDeaths)
{
    if (!m_database.start()) {
        m_fault = QStringLiteral("MariaDB does not start\n") + lastOf(m_database.log());
        return false;
    }
    m_schema = m_database.makeDatabase();
    m_archive = m_database.makeDatabase();
    startMongo();
    if (!restart(Part::Redis) || !restart(Part::Syslog)) return false;
    for (const auto after : firstDeaths) killWhileItStarts(Part::Server, after);
    if (!restart(Part::Server)) return false;
    if (!makeAccounts()) {
        m_fault = QStringLiteral("the users, secrets and policies cannot be made\n") + lastOf(m_server.log());
        return false;
    }
    if (!writePumpConfig()) return false;
    for (const auto after : firstDeaths) killWhileItStarts(Part::Pump, after);
    return restart(Part::Pump);
}

/// The folder and a file by a name of their own change their names in one step.
bool Installation::exchangeCsvFolder() const
{
    if (!QDir().mkpath(path(QStringLiteral("csv")))) return false; // nothing may have been written yet
    const QByteArray folder = QFile::encodeName(path(QStringLiteral("csv")));
    const QByteArray away = QFile::encodeName(path(QStringLiteral("csv-%1").arg(m_csvFolders)));
    QFile file(QFile::decodeName(away));
    if (!file.open(QIODevice::WriteOnly)) return false;
    file.close();
    return ::renameat2(AT_FDCWD, folder.constData(), AT_FDCWD, away.constData(), RENAME_EXCHANGE) == 0;
}

void Installation::kill(Part part)
{
    switch (part) {
    case Part::Database:
        return m_database.kill();
    case Part::Redis:
        return m_redis.kill();
    case Part::Syslog:
        return m_syslog.kill();
    case Part::Mongo:
        return m_mongo->kill();
    case Part::Csv:
        ++m_csvFolders;
        if (!exchangeCsvFolder()) m_fault = QString::fromUtf8(std::strerror(errno));
        return;
    case Part::Server:
        m_runs.back().killed = std::chrono::steady_clock::now();
        return m_server.kill();
    case Part::Pump:
        return m_pump.kill();
    }
}

void Installation::killWhileItStarts(Part part, std::chrono::milliseconds after)
{
    if (part != Part::Server && part != Part::Pump) return;
    if (part == Part::Server)
        m_server.launch(beginRun());
    else
        m_pump.launch(settings(), pumpConfig());
    std::this_thread::sleep_for(after); // the random moment
    kill(part);
}

bool Installation::restart(Part part)
{
    const auto check = [&](bool good, const QByteArray& log) {
        if (!good)
            m_fault = QString::fromLatin1(nameOf(part)) + QStringLiteral(" does not start\n") + m_fault + lastOf(log);
        return good;
    };
    switch (part) {
    case Part::Database:
        return check(m_database.start(), m_database.log());
    case Part::Redis:
        // Only so does an acknowledged entry outlive Redis.
        return check(m_redis.start(true, {QStringLiteral("--appendfsync"), QStringLiteral("always")}), {});
    case Part::Syslog:
        return check(m_syslog.start(), m_syslog.log());
    case Part::Mongo:
        startMongo();
        return true;
    case Part::Csv:
        return check(m_fault.isEmpty() && QFile::remove(path(QStringLiteral("csv"))), {});
    case Part::Server:
        return check(m_server.start(beginRun()), m_server.log());
    case Part::Pump:
        return check(m_pump.start(settings(), pumpConfig()), m_pump.log());
    }
    return false;
}

std::string Installation::pumpStatus() const
{
    return test::httpCall(m_pump.pumpPort(), {"GET", "/v1/pump", {}, {}}).body;
}

int Installation::waitingInRedis() const
{
    int waiting = 0;
    for (const char* key : {records::legacyListName, chunkKey}) {
        bool isNumber = false;
        waiting += m_redis.ask({QStringLiteral("LLEN"), QString::fromLatin1(key)}).trimmed().toInt(&isNumber);
        if (!isNumber) return -1;
    }
    return waiting;
}

QString Installation::log(const std::string& source) const
{
    return source == "legacy" ? pumpFolder() + QStringLiteral("/legacy-records.db")
                              : path(QStringLiteral("data/records-%1.db").arg(QString::fromLatin1(nodeName)));
}

QString Installation::pumpFolder() const
{
    return path(QStringLiteral("data/pump-%1").arg(QString::fromLatin1(nodeName)));
}

QString Installation::fault() const
{
    return m_fault + QStringLiteral("\n--- server\n") + lastOf(m_server.log()) + QStringLiteral("\n--- pump\n") +
           lastOf(m_pump.log());
}

int beMongo(std::uint16_t port, const std::string& journal)
{
    test::MongoStandIn mongo(port, journal);
    test::MongoStandIn::Misbehaviour how;
    how.refuse = [](const std::string& id) { return sequenceOf(id) % refusedEvery == 0 ? refusedByRule : 0; };
    mongo.misbehave(std::move(how));
    mongo.start();
    if (!test::sayReady()) return 1;
    for (;;) ::pause();
}

} // namespace iam::drill
