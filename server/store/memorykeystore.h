// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/keystore.h"
#include "store/memorytables.h"

namespace iam::store {

class MemoryKeyStore final : public KeyStore {
public:
    explicit MemoryKeyStore(MemoryTables& tables)
        : m_tables(tables)
    {
    }

    Result<std::vector<KeyGeneration>> generations() override;
    Result<> add(const KeyGeneration& generation) override;

private:
    MemoryTables& m_tables;
};

} // namespace iam::store
