// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writers in a process of their own are killed (SIGKILL) in the middle of their work, again and again on one database:
// every write that was acknowledged is there with its change record, and nothing is half there.
#include "samples.h"
#include "store/sql/sqlschema.h"
#include "store/sql/sqlstorage.h"
#include "support/verifyresult.h"
#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <cstdlib>
#include <cstring>
#include <random>
#include <set>
#include <thread>
#include <unistd.h>

using namespace iam;
using namespace iam::store;

namespace {

constexpr int threads = 8;
constexpr int writesPerThread = 25;

/// One line to the parent, in one write.
void tell(const std::string& line)
{
    const std::string text = line + "\n";
    if (::write(STDOUT_FILENO, text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::_Exit(3);
}

void writeMany(Storage& storage, const std::string& round, int thread)
{
    for (int i = 0; i < writesPerThread; ++i) {
        const std::string name = "n" + round + "-" + std::to_string(thread) + "-" + std::to_string(i);
        bool done = false;
        std::string kind;
        if (thread % 4 == 0) {
            kind = "policy";
            done = storage.policies().create(policy("root", name), actor, at(i)).has_value();
        } else if (thread % 4 == 1) {
            kind = "secret";
            done = storage.secrets().create(secret("root", name), 1'000'000, actor, at(i)).has_value();
        } else {
            kind = "user";
            done = storage.users().create(user(name), "hash", actor, at(i)).has_value();
        }
        if (!done) std::_Exit(4);
        tell(kind + " " + name);
    }
}

int runWriter(const std::string& path, const std::string& round)
{
    auto storage = sql::openSqlStorage({.path = path});
    if (!storage) return 1;
    if (auto root = (*storage)->users().create(user("root", true), "hash", actor, at(0));
        !root && root.error().code != Code::UserAlreadyExist) {
        return 2;
    }
    tell("ready");
    std::vector<std::jthread> writers;
    for (int t = 0; t < threads; ++t) writers.emplace_back([&, t] { writeMany(**storage, round, t); });
    return 0;
}

} // namespace

class CrashTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::mt19937 m_random{std::random_device{}()};

    std::string path() const { return m_folder.filePath(u"iam.db"_qs).toStdString(); }

    /// Runs the writer and kills it as soon as it told `lines` lines; -1: at once. Returns all lines it told.
    Names linesUntilKilled(int round, int lines)
    {
        QProcess writer;
        writer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        writer.start(QCoreApplication::applicationFilePath(),
                     {u"--writer"_qs, QString::fromStdString(path()), QString::number(round)});
        QByteArray told;
        while (told.count('\n') < lines && writer.waitForReadyRead(30000)) told += writer.readAllStandardOutput();
        if (lines < 0) writer.waitForStarted();
        writer.kill();
        writer.waitForFinished();
        told += writer.readAllStandardOutput();
        Names acknowledged;
        // A last line without its end was not told.
        for (const QByteArray& line : told.left(told.lastIndexOf('\n') + 1).split('\n')) {
            if (!line.isEmpty() && line != "ready") acknowledged.push_back(line.toStdString());
        }
        return acknowledged;
    }

    void verify(const Names& acknowledged)
    {
        {
            auto database = sql::SqlDatabase::open({.path = path()}, sql::schema());
            VERIFY_OK(database);
            auto checked = (*database)->read([](sql::SqlConnection& connection) -> Result<std::string> {
                auto rows = connection.query("SELECT (SELECT group_concat(integrity_check) FROM pragma_integrity_check)"
                                             " || (SELECT COUNT(*) FROM pragma_foreign_key_check)");
                if (!rows) return fail(rows);
                if (auto row = rows->next(); !row) return fail(row);
                return rows->text(0);
            });
            VERIFY_OK(checked);
            QCOMPARE(*checked, std::string("ok0"));
        }
        auto opened = sql::openSqlStorage({.path = path()});
        VERIFY_OK(opened);
        Storage& storage = **opened;
        std::multiset<std::string> recorded;
        std::string cursor;
        do {
            auto page = storage.changes().query({}, cursor, contract::maxRecordLimit);
            VERIFY_OK(page);
            for (const auto& change : page->items) recorded.insert(change.kind + " " + change.name);
            cursor = page->next;
        } while (!cursor.empty());
        std::multiset<std::string> stored;
        for (const std::string& name : namesOf(*storage.users().list({0, std::nullopt, {}}, contract::WhichUsers::Enabled)))
            stored.insert("user " + name);
        for (const std::string& name : namesOf(*storage.secrets().list("root", {0, std::nullopt, {}})))
            stored.insert("secret " + name);
        for (const std::string& name : namesOf(*storage.policies().list("root", {0, std::nullopt, {}})))
            stored.insert("policy " + name);
        QVERIFY(stored == recorded);
        for (const std::string& line : acknowledged) QVERIFY2(stored.count(line) == 1, line.c_str());
    }

private Q_SLOTS:
    void acknowledgedWritesSurviveAKill()
    {
        std::size_t acknowledged = 0;
        std::uniform_int_distribution<int> moment(-1, threads * writesPerThread);
        for (int round = 0; round < 60; ++round) {
            const Names lines = linesUntilKilled(round, moment(m_random));
            acknowledged += lines.size();
            verify(lines);
            if (QTest::currentTestFailed()) return;
        }
        QVERIFY(acknowledged > 1000);
        const Names all = linesUntilKilled(1000, threads * writesPerThread + 1);
        QCOMPARE(all.size(), std::size_t(threads * writesPerThread));
        verify(all);
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && std::strcmp(argv[1], "--writer") == 0) return runWriter(argv[2], argv[3]);
    CrashTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "crashtest.moc"
