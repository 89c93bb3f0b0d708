// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqliteerror.h"

namespace iam::store::sql {

namespace {

// Primary result codes, as sqlite.org/rescode.html numbers them.
enum SqliteCode {
    Busy = 5,
    Locked = 6,
    NoMemory = 7,
    ReadOnly = 8,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    Constraint = 19,
    NotADatabase = 26,
};

const char* explanation(int code)
{
    switch (code) {
    case Busy:
    case Locked:
        return "the database is locked by another process";
    case NoMemory:
        return "out of memory";
    case ReadOnly:
        return "the database may not be written to";
    case IoError:
        return "reading or writing the database file failed";
    case Corrupt:
        return "the database file is damaged";
    case Full:
        return "no room is left on the disk";
    case CannotOpen:
        return "the database file cannot be opened";
    case NotADatabase:
        return "the file is not a database";
    default:
        return nullptr;
    }
}

bool passes(int code)
{
    return code == Busy || code == Locked || code == NoMemory || code == ReadOnly || code == IoError || code == Full ||
           code == CannotOpen;
}

} // namespace

int sqliteCode(const QSqlError& error)
{
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber);
    return isNumber && code > 0 ? code & 0xff : 0; // the upper bytes of an extended code only say more
}

bool isSqliteConstraint(const QSqlError& error)
{
    return sqliteCode(error) == Constraint;
}

Error toSqliteError(const QSqlError& error, const std::string& what)
{
    const int code = sqliteCode(error);
    std::string detail = what + ": ";
    if (const char* words = explanation(code)) detail.append(words).append(": ");
    detail += error.databaseText().isEmpty() ? error.driverText().toStdString() : error.databaseText().toStdString();
    detail += " (SQLite " + error.nativeErrorCode().toStdString() + ")";
    return Error{passes(code) ? Code::StorageUnavailable : Code::Database, detail, {}};
}

} // namespace iam::store::sql
