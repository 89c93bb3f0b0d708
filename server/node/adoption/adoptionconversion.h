// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/adoption/adoptiondecisions.h"
#include "store/sql/legacy/adoptedrows.h"
#include "store/sql/legacy/legacyrows.h"

namespace iam::node {

/// What becomes of old rows by the decisions; nothing of one that is dropped, or whose owner is. The same row and
/// decisions always give the same, so that a row of ours can be compared with what it was made from.
class AdoptionConversion {
public:
    explicit AdoptionConversion(const AdoptionDecisions& decisions)
        : m_decisions(decisions)
    {
    }

    [[nodiscard]] std::optional<store::sql::AdoptedUser> convert(const store::sql::LegacyUser& user) const;
    /// The key is not sealed yet.
    [[nodiscard]] std::optional<store::sql::AdoptedSecret> convert(const store::sql::LegacySecret& secret) const;
    [[nodiscard]] std::optional<store::sql::AdoptedPolicy> convert(const store::sql::LegacyPolicy& policy) const;

private:
    [[nodiscard]] store::sql::AdoptedMetadata metadataOf(const char* table,
                                                         const store::sql::LegacyMetadata& metadata) const;
    [[nodiscard]] bool isDropped(const char* table, std::uint64_t id,
                                 const std::optional<store::sql::LegacyOwner>& owner) const;

    const AdoptionDecisions& m_decisions;
};

} // namespace iam::node
