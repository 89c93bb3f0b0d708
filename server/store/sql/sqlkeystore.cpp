// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlkeystore.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

Result<std::vector<KeyGeneration>> SqlKeyStore::generations()
{
    return m_database.read([](SqlConnection& connection) -> Result<std::vector<KeyGeneration>> {
        std::vector<KeyGeneration> generations;
        auto done = forEachRow(
            connection,
            "SELECT number, fingerprint, sealed, created_at, active_from FROM {key_generations} ORDER BY number", {},
            [&](const SqlRows& row) -> Result<> {
                generations.push_back(
                    {static_cast<std::uint64_t>(row.integer(0)), row.text(1), row.text(2), row.time(3), row.time(4)});
                return {};
            });
        if (!done) return fail(done);
        return generations;
    });
}

Result<> SqlKeyStore::add(const KeyGeneration& generation)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        auto newest = countRows(connection, "SELECT COALESCE(MAX(number), 0) FROM {key_generations}", {});
        if (!newest) return fail(newest);
        if (generation.number != *newest + 1)
            return fail(Code::ObjectChanged, "key generation " + std::to_string(generation.number));
        auto done =
            connection.run("INSERT INTO {key_generations} (number, fingerprint, sealed, created_at, active_from)"
                           " VALUES (?, ?, ?, ?, ?)",
                           {generation.number, generation.fingerprint, generation.sealed, generation.createdAt,
                            generation.activeFrom});
        if (!done) return fail(done);
        return {};
    });
}

} // namespace iam::store::sql
