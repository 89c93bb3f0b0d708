// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/sharedpresence.h"
#include "store/sql/sqlrows.h"
#include <QString>
#include <QSysInfo>
#include <algorithm>
#include <atomic>
#include <cctype>
#include <unistd.h>

namespace iam::store::sql {

namespace {

std::string nameOfThisServer()
{
    std::string host = QSysInfo::machineHostName().left(200).toStdString();
    std::erase_if(host, [](unsigned char c) { return !std::isalnum(c) && c != '.' && c != '-' && c != '_'; });
    static std::atomic<int> opened = 0; // a process may open several databases, or one several times
    const int number = ++opened;
    return host + " process " + std::to_string(::getpid()) + (number == 1 ? "" : "/" + std::to_string(number));
}

} // namespace

SharedPresence::SharedPresence(SqlDatabase& database)
    : m_database(database)
    , m_name(nameOfThisServer())
{
}

SharedPresence::~SharedPresence()
{
    // Nothing can be done about a failure: the row is passed over when it is old.
    if (m_shown) static_cast<void>(m_database.maintain("DELETE FROM {servers} WHERE name = '" + m_name + "'"));
}

Result<> SharedPresence::renew()
{
    // Not as a writer, whose turn may take its time.
    auto done =
        m_database.maintain("REPLACE INTO {servers} (name, seen_at) VALUES ('" + m_name + "', UNIX_TIMESTAMP())");
    if (done) done = m_database.maintain("DELETE FROM {servers} WHERE seen_at < UNIX_TIMESTAMP() - 86400");
    m_shown = done.has_value();
    return done;
}

Result<std::vector<std::string>> readSharingServers(SqlConnection& connection, const DatabaseTables& tables)
{
    std::vector<std::string> servers;
    if (!tables.names.contains("iamx_servers")) return servers;
    auto done = forEachRow(connection,
                           "SELECT name, UNIX_TIMESTAMP() - seen_at FROM iamx_servers"
                           " WHERE seen_at > UNIX_TIMESTAMP() - ? ORDER BY name",
                           {static_cast<std::int64_t>(presenceLasts.count())}, [&](const SqlRows& row) -> Result<> {
                               servers.push_back(row.text(0) + ", seen " + std::to_string(row.integer(1)) + " s ago");
                               return {};
                           });
    if (!done) return fail(done);
    return servers;
}

} // namespace iam::store::sql
