// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordsdrill/evidence.h"
#include "contract/json.h"
#include "store/sql/sqlpumpstore.h"
#include "store/sql/sqlrecordblockstore.h"
#include "support/csvrows.h"
#include "support/mongostandin.h"
#include "support/storedrecords.h"
#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace iam::drill {

namespace {

using test::memberOf;

constexpr int manyGaps = 100'000;

tl::unexpected<Error> unreadable(const std::string& what)
{
    return fail(Code::DecodingFailed, what + " cannot be read");
}

std::uint64_t numberIn(const std::string& text)
{
    return std::strtoull(text.c_str(), nullptr, 10);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<Received> readCsvFolders(const Installation& installation)
{
    Received found;
    const QDir all(installation.path({}));
    for (const QString& folder : all.entryList({QStringLiteral("csv*")}, QDir::Dirs)) {
        const QDir files(all.filePath(folder));
        for (const QString& name : files.entryList({QStringLiteral("*.csv")})) {
            const QByteArray text = contentOf(files.filePath(name));
            // What a death tore is cut off before the next line is written, unless the file was taken away.
            const qsizetype end = text.lastIndexOf('\n') + 1;
            if (end < text.size()) ++found.torn;
            const auto rows = test::readCsv({text.constData(), static_cast<std::size_t>(end)});
            if (!rows) return unreadable((folder + u'/' + name).toStdString());
            for (std::size_t i = 1; i < rows->size(); ++i)
                found.add((*rows)[i][8], numberIn((*rows)[i][9]), memberOf((*rows)[i][4], "resource"));
        }
    }
    return found;
}

Result<Received> readMariaDb(Installation& installation)
{
    Received found;
    const QString text = installation.database().run(
        QStringLiteral("SELECT node, sequence, resource FROM decision_records"), installation.archive());
    for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList fields = line.split(u'\t');
        if (fields.size() != 3) return unreadable("the table in MariaDB (" + line.toStdString() + ")");
        found.add(fields[0].toStdString(), fields[1].toULongLong(), fields[2].toStdString());
    }
    return found;
}

Result<Received> readSqlite(const Installation& installation)
{
    Received found;
    const QString connection = QStringLiteral("archive");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(installation.path(QStringLiteral("archive.db")));
        if (!database.open()) return unreadable("the table in SQLite");
        QSqlQuery rows(database);
        if (!rows.exec(QStringLiteral("SELECT node, sequence, resource FROM decision_records")))
            return unreadable("the table in SQLite");
        while (rows.next())
            found.add(rows.value(0).toString().toStdString(), rows.value(1).toULongLong(),
                      rows.value(2).toString().toStdString());
    }
    QSqlDatabase::removeDatabase(connection);
    return found;
}

Received readMongo(const Installation& installation)
{
    Received found;
    const test::MongoStandIn left(installation.mongoPort(), installation.mongoJournal().toStdString());
    for (const auto& [id, document] : left.documents())
        found.add(memberOf(document, "node"), numberIn(memberOf(document, "sequence")),
                  memberOf(memberOf(document, "request"), "resource"));
    return found;
}

Received readSyslog(const Installation& installation)
{
    Received found;
    for (const QByteArrayList& message : installation.syslog().messages()) {
        const std::string record = message.size() == 9 ? message[8].trimmed().toStdString() : std::string();
        if (memberOf(record, "sequence").empty())
            ++found.torn; // rsyslogd died within it
        else
            found.add(memberOf(record, "node"), numberIn(memberOf(record, "sequence")), memberOf(record, "resource"));
    }
    return found;
}

Result<> readDeadLetters(const Installation& installation, Evidence& evidence)
{
    const QByteArray text = contentOf(installation.pumpFolder() + QStringLiteral("/dead-letters.jsonl"));
    for (const QByteArray& line : text.split('\n')) {
        if (line.isEmpty()) continue;
        const std::string letter = line.toStdString();
        const std::string sequence = memberOf(letter, "record.sequence");
        if (sequence.empty()) return unreadable("the dead letter " + letter);
        evidence.deadLetters[memberOf(letter, "sink")][memberOf(letter, "source")].insert(numberIn(sequence));
    }
    return {};
}

} // namespace

void Received::add(const std::string& node, std::uint64_t sequence, const std::string& resource)
{
    const bool isOwn = node == nodeName;
    Row& row = rows[isOwn ? ownSource : legacySource][sequence];
    if (row.times++ == 0)
        row.resource = resource;
    else if (row.resource != resource)
        ++contradicting;
}

Result<LogContent> readLog(const Installation& installation, const std::string& source)
{
    auto store = store::sql::openSqlRecordBlockStore({.path = installation.log(source).toStdString()});
    if (!store) return fail(store);
    const auto statistics = (*store)->statistics();
    if (!statistics) return fail(statistics);
    const auto gaps = (*store)->gaps(manyGaps);
    if (!gaps) return fail(gaps);
    LogContent content;
    content.last = statistics->lastSequence;
    for (const store::RecordGap& gap : *gaps) content.gaps[gap.cause] += gap.count;
    for (auto& record : test::recordsOf(**store))
        content.stored[record.sequence] = {std::move(record.resource), std::move(record.owner)};
    return content;
}

Result<Evidence> gatherEvidence(Installation& installation)
{
    Evidence evidence;
    for (const char* source : {ownSource, legacySource}) {
        auto log = readLog(installation, source);
        if (!log) return fail(log);
        evidence.logs[source] = std::move(*log);
    }
    auto csv = readCsvFolders(installation);
    if (!csv) return fail(csv);
    evidence.sinks[sinks::csv] = std::move(*csv);
    auto sql = readMariaDb(installation);
    if (!sql) return fail(sql);
    evidence.sinks[sinks::sql] = std::move(*sql);
    auto sqlite = readSqlite(installation);
    if (!sqlite) return fail(sqlite);
    evidence.sinks[sinks::sqlite] = std::move(*sqlite);
    evidence.sinks[sinks::mongo] = readMongo(installation);
    evidence.sinks[sinks::syslog] = readSyslog(installation);
    const std::string positions = installation.pumpFolder().toStdString() + "/pump.db";
    const auto store = store::sql::openSqlPumpStore({.path = positions, .synchronous = false});
    if (!store) return fail(store);
    auto reports = (*store)->reports();
    if (!reports) return fail(reports);
    evidence.pumps = std::move(*reports);
    if (auto read = readDeadLetters(installation, evidence); !read) return fail(read);
    return evidence;
}

} // namespace iam::drill
