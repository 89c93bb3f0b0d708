// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "recordsdrill/askers.h"
#include "support/childprocess.h"
#include "support/mariadbserver.h"
#include "support/redisserver.h"
#include "support/serverprocess.h"
#include "support/syslogserver.h"
#include <array>
#include <memory>
#include <optional>

namespace iam::drill {

/// What may fail, in the order in which it is started.
enum class Part { Database, Redis, Syslog, Mongo, Csv, Server, Pump };
inline constexpr std::array allParts{Part::Database, Part::Redis,  Part::Syslog, Part::Mongo,
                                     Part::Csv,      Part::Server, Part::Pump};
[[nodiscard]] const char* nameOf(Part part);

/// The names of the pump's sinks.
namespace sinks {
inline constexpr const char* csv = "csv";
inline constexpr const char* sql = "sql";       ///< MariaDB
inline constexpr const char* sqlite = "sqlite"; ///< without the records of `otherOwner`
inline constexpr const char* syslog = "syslog";
inline constexpr const char* mongo = "mongo"; ///< refuses each record whose sequence refusedEvery divides
inline constexpr const char* prometheus = "prometheus";
inline constexpr const char* dummy = "dummy";
} // namespace sinks
inline constexpr const char* otherOwner = "colin";
inline constexpr std::uint64_t refusedEvery = 997;
inline constexpr const char* nodeName = "drill";

/// One life of the server's process.
struct Run {
    bool sync = false;          ///< with records.durability sync; else interval
    std::optional<Time> killed; ///< nothing: it was not
};

/// Real processes, in one temporary folder: MariaDB, Redis, an iam-server that is apiserver and authz-server, another
/// one that is the pump with a sink of each type, rsyslogd, and what stands in for a MongoDB. The old system's list is
/// written by the server and drained by the pump.
class Installation {
public:
    Installation();
    ~Installation();

    /// Server and pump are killed so long after their very first starts, one after the other. False: fault() says why.
    bool start(const std::vector<std::chrono::milliseconds>& firstDeaths);
    /// SIGKILL, and waits for the end. The csv sink is within the pump: its folder is taken away under it.
    void kill(Part part);
    /// After kill(): starts it and kills it again so long after. Of the server and the pump; nothing for the others.
    void killWhileItStarts(Part part, std::chrono::milliseconds after);
    /// After kill(); false: fault() says why. The server is started with one durability after the other by turns.
    bool restart(Part part);
    /// SIGTERM to the server; false when it did not end in order.
    bool stopServer() { return m_server.stop(); }
    bool stopPump() { return m_pump.stop(); }

    /// Of two users, the second one being otherOwner; made by start().
    [[nodiscard]] const std::vector<test::MadeSecret>& secrets() const { return m_secrets; }
    [[nodiscard]] std::uint16_t authzPort() const { return m_server.authzPort(); }
    [[nodiscard]] const std::vector<Run>& runs() const { return m_runs; }
    /// GET /v1/pump of the pump; empty when there is no answer.
    [[nodiscard]] std::string pumpStatus() const;
    /// Entries of the old system's list, in it and taken out of it but not stored.
    [[nodiscard]] int waitingInRedis() const;

    /// Where evidence is.
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString log(const std::string& source) const;
    [[nodiscard]] QString pumpFolder() const;
    [[nodiscard]] QString mongoJournal() const { return path(QStringLiteral("mongo.bson")); }
    [[nodiscard]] const test::SyslogServer& syslog() const { return m_syslog; }
    [[nodiscard]] test::MariaDbServer& database() { return m_database; }
    [[nodiscard]] const QString& archive() const { return m_archive; }
    [[nodiscard]] std::uint16_t mongoPort() const { return m_mongoPort; }

    /// What went wrong, with the last lines of the logs.
    [[nodiscard]] QString fault() const;

private:
    [[nodiscard]] QStringList settings() const;
    bool writePumpConfig() const;
    bool makeAccounts();
    /// Of the server's next run.
    QStringList beginRun();
    [[nodiscard]] QString pumpConfig() const { return path(QStringLiteral("pump.yaml")); }
    void startMongo();
    bool exchangeCsvFolder() const;

    QTemporaryDir m_folder;
    test::MariaDbServer m_database;
    test::RedisServer m_redis;
    test::SyslogServer m_syslog{test::SyslogServer::Transport::Tcp};
    std::uint16_t m_mongoPort = 0;
    std::unique_ptr<test::ChildProcess> m_mongo;
    QString m_schema;
    QString m_archive;
    test::ServerProcess m_server{m_folder.filePath(QStringLiteral("data"))};
    test::ServerProcess m_pump{m_folder.filePath(QStringLiteral("data"))};
    std::vector<test::MadeSecret> m_secrets;
    std::vector<Run> m_runs;
    int m_csvFolders = 0; ///< that were taken away
    QString m_fault;
};

/// What the process does that is told to be the MongoDB: until it is killed.
[[nodiscard]] int beMongo(std::uint16_t port, const std::string& journal);
/// The arguments that tell it to.
inline constexpr const char* beMongoOption = "--be-mongo";

} // namespace iam::drill
