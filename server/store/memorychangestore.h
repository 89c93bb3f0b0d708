// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/changestore.h"
#include "store/memorytables.h"

namespace iam::store {

class MemoryChangeStore final : public ChangeStore {
public:
    explicit MemoryChangeStore(MemoryTables& tables)
        : m_tables(tables)
    {
    }

    Result<contract::RecordPage<contract::ChangeRecord>> query(const contract::RecordFilter& filter,
                                                               const std::string& cursor, int limit) override;
    Result<std::uint64_t> lastId() override;
    Result<std::vector<ChangeMark>> since(std::uint64_t id, std::size_t limit) override;

private:
    MemoryTables& m_tables;
};

} // namespace iam::store
