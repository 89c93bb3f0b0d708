// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqliteschema.h"
#include "base/logging.h"
#include "store/sql/qtsqlconnection.h"
#include "store/sql/schemahistory.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace iam::store::sql {

namespace {

tl::unexpected<Error> unusable(const std::string& sentence, int error)
{
    return fail(Code::StorageUnavailable, sentence + ": " + std::strerror(error));
}

/// The steps that the file has, ascending; nothing in a new file. Inside a transaction.
Result<AppliedSteps> appliedSteps(SqlConnection& connection)
{
    bool hasSteps = false;
    bool hasOthers = false;
    {
        auto tables =
            connection.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
        if (!tables) return fail(tables);
        auto more = tables->next();
        for (; more && *more; more = tables->next()) (tables->text(0) == "schema_steps" ? hasSteps : hasOthers) = true;
        if (!more) return fail(more);
    }
    if (!hasSteps && hasOthers) return fail(Code::Database, "it belongs to other software");
    if (!hasSteps) return AppliedSteps();
    return readAppliedSteps(connection);
}

/// Runs the step unless another process was faster. Inside a writing transaction.
Result<> applyStep(SqlConnection& connection, const Migration& step, const std::vector<Migration>& known)
{
    auto applied = appliedSteps(connection);
    if (!applied) return fail(applied);
    if (auto fits = checkHistory(*applied, known); !fits) return fits;
    for (const auto& [number, name] : *applied) {
        if (number == step.number) return {};
    }
    auto done = connection.run("CREATE TABLE IF NOT EXISTS schema_steps"
                               " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, done_at INTEGER NOT NULL)");
    if (!done) return fail(done);
    for (const std::string& statement : step.sqlite) {
        done = connection.run(statement);
        if (!done) return fail(done);
    }
    done = connection.run("INSERT INTO schema_steps (number, name, done_at)"
                          " VALUES (?, ?, CAST(strftime('%s', 'now') AS INTEGER) * 1000)",
                          {step.number, step.name});
    if (!done) return fail(done);
    qCInfo(lcStore, "schema step %d (%s) done", step.number, std::string(step.name).c_str());
    return {};
}

Result<> migrate(QtSqlConnection& connection, const std::vector<Migration>& migrations)
{
    if (auto begun = connection.begin(false); !begun) return begun;
    auto applied = appliedSteps(connection);
    connection.rollBack();
    if (!applied) return fail(applied);
    if (auto fits = checkHistory(*applied, migrations); !fits) return fits;
    for (std::size_t i = applied->size(); i < migrations.size(); ++i) {
        if (auto begun = connection.begin(true); !begun) return begun;
        if (auto done = applyStep(connection, migrations[i], migrations); !done) {
            connection.rollBack();
            return done;
        }
        if (auto done = connection.commit(); !done) return done;
    }
    return {};
}

/// One process or thread at a time prepares the databases of a folder. (SQLite itself does not wait for its turn when
/// it changes the journal mode.)
class FolderTurn {
public:
    explicit FolderTurn(const std::string& folder)
        : m_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
        while (m_folder >= 0 && ::flock(m_folder, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    ~FolderTurn()
    {
        if (m_folder >= 0) ::close(m_folder);
    }
    FolderTurn(const FolderTurn&) = delete;
    FolderTurn& operator=(const FolderTurn&) = delete;

private:
    const int m_folder;
};

std::string folderOf(const std::string& path)
{
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

Result<> setFileModes(QtSqlConnection& connection, const SqlConfig& config)
{
    if (config.shrinks) { // counts only before the file has content
        if (auto done = connection.run("PRAGMA auto_vacuum=FULL", {}); !done) return fail(done);
    }
    auto mode = connection.query("PRAGMA journal_mode=WAL", {});
    if (!mode) return fail(mode);
    auto row = mode->next();
    if (!row) return fail(row);
    if (!*row || mode->text(0) != "wal") return fail(Code::StorageUnavailable, "its file system has no shared memory");
    return {};
}

} // namespace

Result<> prepareSqliteFile(const std::string& path)
{
    const std::string folder = folderOf(path);
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return unusable("the folder " + folder + " cannot be used", errno);
    if (!S_ISDIR(status.st_mode)) return unusable("the folder " + folder + " cannot be used", ENOTDIR);
    if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
        return unusable("the folder " + folder + " cannot be written to", errno);
    }
    // An existing file is not opened here: closing any descriptor of it would drop SQLite's locks (fcntl(2)).
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0) {
        ::close(file);
        return {};
    }
    if (errno != EEXIST) return unusable("the database " + path + " cannot be made", errno);
    if (::stat(path.c_str(), &status) != 0) return unusable("the database " + path + " cannot be used", errno);
    if (!S_ISREG(status.st_mode))
        return fail(Code::StorageUnavailable, "the database " + path + " is not a plain file");
    if (::access(path.c_str(), R_OK | W_OK) != 0) {
        return unusable("the database " + path + " cannot be read and written", errno);
    }
    return {};
}

Result<> prepareSqliteSchema(QtSqlConnection& connection, const SqlConfig& config,
                             const std::vector<Migration>& migrations)
{
    const FolderTurn turn(folderOf(config.path));
    if (auto done = setFileModes(connection, config); !done) return done;
    return migrate(connection, migrations);
}

} // namespace iam::store::sql
