// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorykeystore.h"

namespace iam::store {

Result<std::vector<KeyGeneration>> MemoryKeyStore::generations()
{
    const std::lock_guard lock(m_tables.mutex);
    return m_tables.keyGenerations;
}

Result<> MemoryKeyStore::add(const KeyGeneration& generation)
{
    const std::lock_guard lock(m_tables.mutex);
    if (generation.number != m_tables.keyGenerations.size() + 1)
        return fail(Code::ObjectChanged, "key generation " + std::to_string(generation.number));
    m_tables.keyGenerations.push_back(generation);
    return {};
}

} // namespace iam::store
