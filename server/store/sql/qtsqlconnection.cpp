// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/qtsqlconnection.h"
#include "base/timetext.h"
#include <QByteArray>
#include <QSqlDriver>
#include <QVariant>

namespace iam::store::sql {

namespace {

QString newConnectionName()
{
    // QtSql keeps connections under process-wide names; a number makes each our own.
    static std::atomic<std::uint64_t> count{0};
    return QStringLiteral("iam-store-%1").arg(++count);
}

/// Writes the names of tables, which stand in braces, as the engine has them.
std::string nameTables(std::string_view sql, std::string_view prefix)
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";
    std::string text;
    for (std::size_t i = 0; i < sql.size();) {
        const std::size_t end = sql[i] == '{' ? sql.find_first_not_of(letters, i + 1) : std::string_view::npos;
        if (end == std::string_view::npos || end == i + 1 || sql[end] != '}') {
            text += sql[i++];
            continue;
        }
        text.append(prefix).append(sql.substr(i + 1, end - i - 1));
        i = end + 1;
    }
    return text;
}

QVariant toVariant(const SqlEngine& engine, const SqlValue& value)
{
    struct Visitor {
        const SqlEngine& engine;
        QVariant operator()(std::monostate) const { return {}; }
        QVariant operator()(std::int64_t number) const { return QVariant::fromValue<qlonglong>(number); }
        QVariant operator()(const std::string& text) const { return engine.toVariant(text); }
        QVariant operator()(const Blob& blob) const
        {
            return QByteArray(reinterpret_cast<const char*>(blob.data()), static_cast<qsizetype>(blob.size()));
        }
    };
    return std::visit(Visitor{engine}, value.get());
}

} // namespace

SqlRows::SqlRows(std::shared_ptr<SqlStatement> statement)
    : m_statement(std::move(statement))
{
}

SqlRows::~SqlRows()
{
    if (!m_statement) return;
    m_statement->query.finish();
    m_statement->inUse = false;
}

SqlRows::SqlRows(SqlRows&&) noexcept = default;

SqlRows& SqlRows::operator=(SqlRows&& other) noexcept
{
    std::swap(m_statement, other.m_statement);
    return *this;
}

Result<bool> SqlRows::next()
{
    if (m_statement->query.next()) return true;
    if (const QSqlError error = m_statement->query.lastError(); error.isValid()) {
        return tl::unexpected<Error>(m_statement->engine->toError(error, "reading rows"));
    }
    return false;
}

bool SqlRows::isNull(int column) const
{
    return m_statement->query.isNull(column);
}

std::int64_t SqlRows::integer(int column) const
{
    return m_statement->query.value(column).toLongLong();
}

std::string SqlRows::text(int column) const
{
    return m_statement->query.value(column).toString().toStdString();
}

TimePoint SqlRows::time(int column) const
{
    const QVariant value = m_statement->query.value(column);
    const bool isText = value.typeId() == QMetaType::QString || value.typeId() == QMetaType::QByteArray;
    if (!isText) return TimePoint(std::chrono::milliseconds(value.toLongLong()));
    return fromLocalDateTime(value.toString().toStdString()).value_or(TimePoint());
}

Blob SqlRows::blob(int column) const
{
    const QByteArray bytes = m_statement->query.value(column).toByteArray();
    return Blob(bytes.begin(), bytes.end());
}

Result<std::shared_ptr<QtSqlConnection>> QtSqlConnection::open(std::shared_ptr<const SqlEngine> engine)
{
    std::shared_ptr<QtSqlConnection> connection(new QtSqlConnection(engine, newConnectionName()));
    connection->m_database = QSqlDatabase::addDatabase(engine->driver(), connection->m_name);
    connection->m_open = true;
    QSqlDatabase& database = connection->m_database;
    engine->configure(database);
    if (!database.open())
        return tl::unexpected<Error>(engine->toError(database.lastError(), engine->place() + " cannot be opened"));
    connection->m_openedAt = std::chrono::steady_clock::now();
    if (auto done = engine->setUp(*connection); !done) return fail(done);
    return connection;
}

QtSqlConnection::~QtSqlConnection()
{
    close();
}

Result<std::shared_ptr<SqlStatement>> QtSqlConnection::prepared(std::string_view sql)
{
    std::string key(sql);
    if (auto found = m_statements.find(key); found != m_statements.end() && !found->second->inUse) return found->second;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(QString::fromStdString(nameTables(sql, m_engine->tablePrefix())))) {
        return tl::unexpected<Error>(noteFailure(query.lastError(), sql));
    }
    auto statement = std::make_shared<SqlStatement>(std::move(query), m_engine);
    m_statements.try_emplace(std::move(key), statement); // a second one for the same text is used once
    return statement;
}

Result<std::shared_ptr<SqlStatement>> QtSqlConnection::execute(std::string_view sql, const SqlValue* values,
                                                               std::size_t count)
{
    m_violated = false;
    const auto start = std::chrono::steady_clock::now();
    auto statement = prepared(sql);
    if (!statement) return statement;
    QSqlQuery& query = (*statement)->query;
    for (std::size_t i = 0; i < count; ++i) query.bindValue(static_cast<int>(i), toVariant(*m_engine, values[i]));
    if (!query.exec()) {
        Error failure = noteFailure(query.lastError(), sql);
        query.finish();
        return tl::unexpected<Error>(std::move(failure));
    }
    m_engine->note(sql, std::chrono::steady_clock::now() - start, {});
    return statement;
}

Error QtSqlConnection::noteFailure(const QSqlError& error, std::string_view sql)
{
    m_violated = m_engine->isConstraintViolation(error);
    if (m_engine->isLoss(error)) m_lost = true;
    if (m_engine->isConflict(error)) m_gaveWay = true;
    m_engine->note(sql, {}, error);
    return m_engine->toError(error, std::string(sql));
}

Result<> QtSqlConnection::runAtOnce(std::string_view sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (query.exec(QString::fromStdString(nameTables(sql, m_engine->tablePrefix())))) return {};
    return tl::unexpected<Error>(noteFailure(query.lastError(), sql));
}

Result<SqlRows> QtSqlConnection::query(std::string_view sql, std::initializer_list<SqlValue> values)
{
    auto statement = execute(sql, values.begin(), values.size());
    if (!statement) return fail(statement);
    (*statement)->inUse = true;
    return SqlRows(std::move(*statement));
}

Result<SqlRows> QtSqlConnection::query(std::string_view sql, const std::vector<SqlValue>& values)
{
    auto statement = execute(sql, values.data(), values.size());
    if (!statement) return fail(statement);
    (*statement)->inUse = true;
    return SqlRows(std::move(*statement));
}

Result<SqlDone> QtSqlConnection::run(std::string_view sql, std::initializer_list<SqlValue> values)
{
    return runWith(sql, values.begin(), values.size());
}

Result<SqlDone> QtSqlConnection::run(std::string_view sql, const std::vector<SqlValue>& values)
{
    return runWith(sql, values.data(), values.size());
}

Result<SqlDone> QtSqlConnection::runWith(std::string_view sql, const SqlValue* values, std::size_t count)
{
    auto statement = execute(sql, values, count);
    if (!statement) return fail(statement);
    QSqlQuery& query = (*statement)->query;
    SqlDone done;
    if (const int rows = query.numRowsAffected(); rows > 0) done.rows = static_cast<std::uint64_t>(rows);
    done.lastId = query.lastInsertId().toULongLong();
    query.finish();
    return done;
}

Result<> QtSqlConnection::begin(bool writing)
{
    if (writing) m_writerTurn = m_engine->writerTurn();
    m_inTransaction = true;
    m_gaveWay = false;
    Result<> begun = m_engine->begin(*this, writing);
    if (!begun) rollBack();
    return begun;
}

Result<> QtSqlConnection::commit()
{
    Result<> done = m_engine->commit(*this);
    if (!done) {
        rollBack();
        return done;
    }
    m_inTransaction = false;
    m_writerTurn = {};
    return {};
}

void QtSqlConnection::rollBack() noexcept
{
    m_inTransaction = false;
    if (m_lost || !m_engine->rollBack(*this)) close();
    m_writerTurn = {};
}

std::chrono::steady_clock::duration QtSqlConnection::age() const
{
    return std::chrono::steady_clock::now() - m_openedAt;
}

void QtSqlConnection::close() noexcept
{
    const std::lock_guard lock(m_closing);
    if (!m_open) return;
    m_open = false;
    m_database.close(); // first: freeing the statements of a server that is gone, one by one, makes Qt complain of each
    m_statements.clear();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

} // namespace iam::store::sql
