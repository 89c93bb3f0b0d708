// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/mariadberror.h"
#include <algorithm>
#include <iterator>

namespace iam::store::sql {

namespace {

struct Known {
    int code;
    bool passes; ///< it may work again later, without a change of ours or of the configuration
    const char* words;
};

constexpr Known known[] = {
    {1021, true, "no room is left on the server's disk"},
    {1036, true, "the database may not be written to"},
    {1040, true, "the server has too many connections"},
    {1041, true, "the server is out of memory"},
    {1044, false, "the account may not use this database"},
    {1045, false, "the server refuses the account or its password"},
    {1049, false, "the server has no such database"},
    {1053, true, "the server is shutting down"},
    {1114, true, "no room is left on the server's disk"},
    {1129, true, "the server has blocked this host after failed connections (FLUSH HOSTS)"},
    {1142, false, "the account lacks a right on this database"},
    {1158, true, "the connection was lost"},
    {1159, true, "the connection was lost"},
    {1160, true, "the connection was lost"},
    {1161, true, "the connection was lost"},
    {1203, true, "the account has too many connections"},
    {1205, true, "the database is locked by another writer"},
    {1213, true, "the database is locked by another writer"},
    {1226, true, "the account has used up its share of the server"},
    {1290, true, "the database may not be written to"},
    {1317, true, "the server broke the statement off"},
    {1366, false, "the column cannot hold one of the characters"},
    {1419, false,
     "the server writes a binary log, and the account may not make triggers there (log_bin_trust_function_creators)"},
    {1449, false, "the account that a trigger or view runs as does not exist on this server"},
    {1698, false, "the server refuses the account or its password"},
    {1836, true, "the database may not be written to"},
    {1927, true, "the server ended the connection"},
    {1969, true, "the statement took too long"},
    {1976, true, "the server has too many connections"},
    {2002, true, "the server cannot be reached"},
    {2003, true, "the server cannot be reached"},
    {2005, true, "the name of the server is not known"},
    {2006, true, "the connection was lost"},
    {2012, true, "the connection was lost"},
    {2013, true, "the connection was lost"},
    {2026, false, "no TLS connection came about"},
    {2055, true, "the connection was lost"},
    {4031, true, "the server ended the connection"},
};

constexpr int constraints[] = {1022, 1048, 1062, 1169, 1216, 1217, 1451, 1452, 1557, 1586, 1761, 1762, 4025};
constexpr int conflicts[] = {1020, 1205, 1213};
constexpr int losses[] = {1053, 1158, 1159, 1160, 1161, 1927, 2006, 2012, 2013, 2026, 2055, 4031};

const Known* find(int code)
{
    const auto found = std::find_if(std::begin(known), std::end(known), [&](const Known& k) { return k.code == code; });
    return found == std::end(known) ? nullptr : found;
}

bool contains(const auto& codes, int code)
{
    return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

} // namespace

int mariaDbCode(const QSqlError& error)
{
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber);
    return isNumber && code > 0 ? code : 0;
}

bool isMariaDbConstraint(const QSqlError& error)
{
    return contains(constraints, mariaDbCode(error));
}

bool isMariaDbConflict(const QSqlError& error)
{
    return contains(conflicts, mariaDbCode(error));
}

bool isMariaDbLoss(const QSqlError& error)
{
    return contains(losses, mariaDbCode(error));
}

Error toMariaDbError(const QSqlError& error, const std::string& what)
{
    const int code = mariaDbCode(error);
    const Known* meaning = find(code);
    std::string detail = what + ": ";
    if (meaning) detail.append(meaning->words).append(": ");
    detail += error.databaseText().isEmpty() ? error.driverText().toStdString() : error.databaseText().toStdString();
    detail += " (MariaDB " + std::to_string(code) + ")";
    // TLS that breaks on an open connection is a lost connection, not a wrong certificate.
    const bool passes =
        meaning && (meaning->passes || (isMariaDbLoss(error) && error.type() != QSqlError::ConnectionError));
    return Error{passes ? Code::StorageUnavailable : Code::Database, detail, {}};
}

} // namespace iam::store::sql
