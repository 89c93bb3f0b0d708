// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/databasedump.h"
#include "base/filedescriptor.h"
#include "base/timetext.h"
#include "crypto/keyfile.h"
#include "crypto/random.h"
#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <set>
#include <unistd.h>

namespace iam::node {

namespace {

constexpr qint64 chunkSize = 1024 * 1024;
constexpr qsizetype longestStatementStart = 256; ///< of "CREATE TABLE `NAME` ("
constexpr const char* trailer = "\n-- Dump completed";

/// A value of an option file.
std::string optionValue(const std::string& text)
{
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '\\' || c == '"') quoted += '\\';
        quoted += c;
    }
    return quoted + "\"\n";
}

SecretString optionFile(const store::sql::MariaDbConfig& config)
{
    std::string text = "[client]\nuser=" + optionValue(config.username);
    if (!config.password.empty()) text += "password=" + optionValue(config.password.reveal());
    if (!config.socket.empty()) {
        text += "socket=" + optionValue(config.socket);
    } else {
        text += "protocol=tcp\nhost=" + optionValue(config.host == "localhost" ? "127.0.0.1" : config.host) +
                "port=" + std::to_string(config.port) + '\n';
    }
    if (!config.sslCa.empty()) text += "ssl-ca=" + optionValue(config.sslCa);
    if (!config.sslCert.empty())
        text += "ssl-cert=" + optionValue(config.sslCert) + "ssl-key=" + optionValue(config.sslKey);
    return SecretString(std::move(text));
}

/// Removes a file when it dies.
class Removal {
public:
    explicit Removal(std::string path)
        : m_path(std::move(path))
    {
    }
    ~Removal()
    {
        if (!m_path.empty()) ::unlink(m_path.c_str());
    }
    Removal(const Removal&) = delete;
    Removal& operator=(const Removal&) = delete;
    void keep() { m_path.clear(); }

private:
    std::string m_path;
};

Result<> run(const store::sql::MariaDbConfig& config, const std::string& options, const std::string& path,
             const std::vector<std::string>& brokenViews)
{
    QStringList left;
    for (const std::string& view : brokenViews)
        left << QStringLiteral("--ignore-table=") + QString::fromStdString(config.database + '.' + view);
    const QString program = QStandardPaths::findExecutable(QStringLiteral("mariadb-dump"));
    if (program.isEmpty())
        return fail(Code::Validation, "mariadb-dump is not installed (Debian package mariadb-client)");
    QProcess dump;
    dump.setStandardInputFile(QProcess::nullDevice());
    dump.setStandardOutputFile(QString::fromStdString(path), QIODevice::Append);
    dump.start(program, QStringList{QStringLiteral("--defaults-file=") + QString::fromStdString(options),
                                    QStringLiteral("--single-transaction"), QStringLiteral("--triggers"),
                                    QStringLiteral("--hex-blob"), QStringLiteral("--skip-comments=0"),
                                    QStringLiteral("--comments"), QStringLiteral("--default-character-set=utf8mb4")} +
                            left + QStringList{QString::fromStdString(config.database)});
    if (dump.waitForFinished(-1) && dump.exitStatus() == QProcess::NormalExit && dump.exitCode() == 0) return {};
    const QString said = dump.error() == QProcess::FailedToStart
                             ? QStringLiteral("it cannot be started")
                             : QString::fromUtf8(dump.readAllStandardError().left(1000)).simplified();
    return fail(Code::StorageUnavailable, "mariadb-dump failed: " + said.toStdString());
}

/// Looks at the whole file once.
Result<DatabaseDump> examine(const std::string& path, const std::vector<std::string>& tables)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) return fail(Code::StorageUnavailable, path + " cannot be read");
    std::set<std::string> missing(tables.begin(), tables.end());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray window;
    while (!file.atEnd()) {
        const QByteArray chunk = file.read(chunkSize);
        if (chunk.isEmpty()) return fail(Code::StorageUnavailable, path + " cannot be read");
        hash.addData(chunk);
        window = window.right(longestStatementStart) + chunk;
        std::erase_if(missing, [&](const std::string& table) {
            return window.contains("CREATE TABLE `" + QByteArray::fromStdString(table) + "` (");
        });
    }
    if (!window.right(longestStatementStart).contains(trailer))
        return fail(Code::StorageUnavailable, "the dump is not complete: its last line is missing");
    if (!missing.empty())
        return fail(Code::StorageUnavailable,
                    "the dump is not complete: the table " + *missing.begin() + " is missing");
    return DatabaseDump{path, hash.result().toHex().toStdString(), static_cast<std::uint64_t>(file.size())};
}

Result<> sync(const std::string& path)
{
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0 || ::fsync(file.get()) != 0)
        return fail(Code::StorageUnavailable, path + " cannot be brought to the disk");
    return {};
}

} // namespace

Result<DatabaseDump> takeDump(const store::sql::MariaDbConfig& config, const std::string& folder,
                              const std::vector<std::string>& tables, const std::vector<std::string>& brokenViews,
                              TimePoint now)
{
    std::error_code failed;
    if (std::filesystem::create_directories(folder, failed))
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    std::string stamp = toRfc3339(now);
    std::erase_if(stamp, [](char c) { return c == ':' || c == '-' || c == '.'; });
    const std::string path = folder + '/' + config.database + '-' + stamp + ".sql";
    const std::string options = path + "." + crypto::randomText(12, "abcdefghijklmnopqrstuvwxyz") + ".cnf";
    if (auto made = crypto::createPrivateFile(options, optionFile(config)); !made) return fail(made);
    const Removal withOptions(options);
    if (auto made = crypto::createPrivateFile(path, SecretString("")); !made) return fail(made);
    Removal unlessGood(path);
    if (auto done = run(config, options, path, brokenViews); !done) return fail(done);
    auto dump = examine(path, tables);
    if (!dump) return dump;
    if (auto done = sync(path); !done) return fail(done);
    const std::string name = std::filesystem::path(path).filename().string();
    auto noted = crypto::createPrivateFile(path + ".sha256", SecretString(dump->sha256 + "  " + name + '\n'));
    if (!noted) return fail(noted);
    unlessGood.keep();
    return dump;
}

} // namespace iam::node
