// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqldecisionarchive.h"
#include "base/text.h"
#include "contract/json.h"
#include "store/sql/sqlrows.h"
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace iam::store::sql {

namespace {

using contract::DecisionRecord;

constexpr std::size_t maxRecordBytes = 8 * 1024 * 1024; // MariaDB takes 16 MiB in a statement
constexpr std::size_t maxNameLength = 255;
constexpr std::size_t recordsAtOnce = 50;
constexpr std::size_t bytesAtOnce = 4 * 1024 * 1024;

constexpr std::string_view insertInto =
    "INSERT INTO decision_records (node, sequence, time_ms, owner, subject, action, resource, context, allowed, reason,"
    " deciders, request_id, snapshot) VALUES ";
constexpr std::string_view placeholders = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

using Number = std::pair<std::uint64_t, TimePoint>;

std::size_t sizeOf(const DecisionRecord& record)
{
    std::size_t size = record.owner.size() + record.subject.size() + record.action.size() + record.resource.size() +
                       record.context.size() + record.reason.size() + record.requestId.size() + record.node.size();
    for (const std::string& decider : record.deciders) size += decider.size() + 3;
    return size;
}

Result<> check(const DecisionRecord& record)
{
    if (sizeOf(record) > maxRecordBytes) return fail(Code::Validation, "a record is larger than 8 MiB");
    if (text::length(record.node) > maxNameLength || text::length(record.owner) > maxNameLength)
        return fail(Code::Validation, "a record's node or owner has more than 255 characters");
    return {};
}

std::string decidersOf(const DecisionRecord& record)
{
    std::string list = "[";
    for (const std::string& id : record.deciders) {
        if (list.size() > 1) list += ',';
        contract::writeJsonString(list, id);
    }
    return list + ']';
}

void addValues(std::vector<SqlValue>& values, const DecisionRecord& record)
{
    values.emplace_back(text::toUtf8(record.node));
    values.emplace_back(record.sequence);
    values.emplace_back(record.time);
    for (const std::string* column :
         {&record.owner, &record.subject, &record.action, &record.resource, &record.context})
        values.emplace_back(text::toUtf8(*column));
    values.emplace_back(record.allowed);
    values.emplace_back(text::toUtf8(record.reason));
    values.emplace_back(decidersOf(record));
    values.emplace_back(text::toUtf8(record.requestId));
    values.emplace_back(record.snapshot);
}

/// What the table has of the nodes and between the sequences of the records.
Result<std::map<std::string, std::set<Number>>> storedAmong(SqlConnection& connection,
                                                            std::span<const DecisionRecord> records)
{
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> ranges;
    for (const DecisionRecord& record : records) {
        auto& range = ranges.try_emplace(text::toUtf8(record.node), record.sequence, record.sequence).first->second;
        range = {std::min(range.first, record.sequence), std::max(range.second, record.sequence)};
    }
    std::map<std::string, std::set<Number>> stored;
    for (const auto& [node, range] : ranges) {
        auto& numbers = stored[node];
        const auto done = forEachRow(
            connection, "SELECT sequence, time_ms FROM decision_records WHERE node = ? AND sequence BETWEEN ? AND ?",
            {node, range.first, range.second}, [&](const SqlRows& found) -> Result<> {
                numbers.emplace(static_cast<std::uint64_t>(found.integer(0)), found.time(1));
                return {};
            });
        if (!done) return fail(done);
    }
    return stored;
}

Result<> insert(SqlConnection& connection, std::span<const DecisionRecord* const> records)
{
    std::string sql(insertInto);
    std::vector<SqlValue> values;
    for (const DecisionRecord* record : records) {
        if (!values.empty()) sql += ", ";
        sql += placeholders;
        addValues(values, *record);
    }
    const auto done = connection.run(sql, values);
    if (done) return {};
    // The numbers were looked at before, so it is a rule that is not ours.
    if (connection.violatedConstraint())
        return fail(Code::Validation, "a record breaks a rule of the table decision_records");
    return fail(done);
}

/// Two statements, one of many rows and one of a single row, serve all: each is prepared once.
Result<> insertAll(SqlConnection& connection, std::span<const DecisionRecord* const> records)
{
    while (!records.empty()) {
        const std::size_t many = std::min(records.size(), recordsAtOnce);
        std::size_t bytes = 0;
        for (const DecisionRecord* record : records.first(many)) bytes += sizeOf(*record);
        const std::size_t count = many == recordsAtOnce && bytes <= bytesAtOnce ? many : 1;
        if (auto done = insert(connection, records.first(count)); !done) return done;
        records = records.subspan(count);
    }
    return {};
}

template <class Config>
Result<std::unique_ptr<SqlDatabase>> openArchive(const Config& config)
{
    return SqlDatabase::open(config, decisionArchiveMigrations());
}

} // namespace

const std::vector<Migration>& decisionArchiveMigrations()
{
    static const std::vector<Migration> migrations = {
        {1,
         "decision records",
         {
             R"(CREATE TABLE decision_records (
         node TEXT NOT NULL,
         sequence INTEGER NOT NULL,
         time_ms INTEGER NOT NULL,
         owner TEXT NOT NULL,
         subject TEXT NOT NULL,
         action TEXT NOT NULL,
         resource TEXT NOT NULL,
         context TEXT NOT NULL,
         allowed INTEGER NOT NULL,
         reason TEXT NOT NULL,
         deciders TEXT NOT NULL,
         request_id TEXT NOT NULL,
         snapshot INTEGER NOT NULL,
         PRIMARY KEY (node, sequence, time_ms)))",
             "CREATE INDEX decision_records_time ON decision_records (time_ms)",
             "CREATE INDEX decision_records_owner ON decision_records (owner, time_ms)",
         },
         {
             R"(CREATE TABLE IF NOT EXISTS decision_records (
         node VARCHAR(255) NOT NULL,
         sequence BIGINT NOT NULL,
         time_ms BIGINT NOT NULL,
         owner VARCHAR(255) NOT NULL,
         subject MEDIUMTEXT NOT NULL,
         action MEDIUMTEXT NOT NULL,
         resource MEDIUMTEXT NOT NULL,
         context MEDIUMTEXT NOT NULL,
         allowed TINYINT NOT NULL,
         reason MEDIUMTEXT NOT NULL,
         deciders MEDIUMTEXT NOT NULL,
         request_id MEDIUMTEXT NOT NULL,
         snapshot BIGINT NOT NULL,
         PRIMARY KEY (node, sequence, time_ms)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
             "CREATE INDEX IF NOT EXISTS decision_records_time ON decision_records (time_ms)",
             "CREATE INDEX IF NOT EXISTS decision_records_owner ON decision_records (owner, time_ms)",
         }}};
    return migrations;
}

Result<std::unique_ptr<SqlDecisionArchive>> SqlDecisionArchive::open(const SqlConfig& config)
{
    auto database = openArchive(config);
    if (!database) return fail(database);
    return std::unique_ptr<SqlDecisionArchive>(new SqlDecisionArchive(std::move(*database)));
}

Result<std::unique_ptr<SqlDecisionArchive>> SqlDecisionArchive::open(const MariaDbConfig& config)
{
    auto database = openArchive(config);
    if (!database) return fail(database);
    return std::unique_ptr<SqlDecisionArchive>(new SqlDecisionArchive(std::move(*database)));
}

Result<std::uint64_t> SqlDecisionArchive::add(std::span<const contract::DecisionRecord> records)
{
    for (const DecisionRecord& record : records)
        if (auto fits = check(record); !fits) return fail(fits);
    return m_database->write([&](SqlConnection& connection) -> Result<std::uint64_t> {
        auto stored = storedAmong(connection, records);
        if (!stored) return fail(stored);
        std::vector<const DecisionRecord*> missing;
        for (const DecisionRecord& record : records)
            if ((*stored)[text::toUtf8(record.node)].emplace(record.sequence, record.time).second)
                missing.push_back(&record);
        if (auto done = insertAll(connection, missing); !done) return fail(done);
        return std::uint64_t{missing.size()};
    });
}

} // namespace iam::store::sql
