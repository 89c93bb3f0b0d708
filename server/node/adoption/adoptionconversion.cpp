// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoptionconversion.h"
#include "contract/codec.h"
#include "node/adoption/adoptionrules.h"

namespace iam::node {

using namespace store::sql;

namespace {

/// In the place of a zero date; the first moment that both forms have.
constexpr TimePoint earliest{std::chrono::seconds(1)};

} // namespace

AdoptedMetadata AdoptionConversion::metadataOf(const char* table, const LegacyMetadata& metadata) const
{
    AdoptedMetadata adopted;
    adopted.id = metadata.id;
    const bool hasOther = m_decisions.choice("instance-id", table, metadata.id).verb == "clear";
    if (metadata.instanceId && !metadata.instanceId->empty() && !hasOther) adopted.instanceId = metadata.instanceId;
    adopted.name = metadata.name;
    for (const char* kind : {"name", "duplicate-name"}) {
        const auto choice = m_decisions.choice(kind, table, metadata.id);
        if (choice.verb == "rename") adopted.name = choice.value;
    }
    const bool clears = m_decisions.choice("extend", table, metadata.id).verb == "clear";
    if (metadata.extendShadow && !metadata.extendShadow->empty() && !clears) adopted.extend = metadata.extendShadow;
    adopted.updatedAt = metadata.updatedAt.value_or(metadata.createdAt.value_or(earliest));
    adopted.createdAt = metadata.createdAt.value_or(adopted.updatedAt);
    return adopted;
}

bool AdoptionConversion::isDropped(const char* table, std::uint64_t id, const std::optional<LegacyOwner>& owner) const
{
    return m_decisions.drops(table, id) || !owner || m_decisions.drops("user", owner->id);
}

std::optional<AdoptedUser> AdoptionConversion::convert(const LegacyUser& user) const
{
    const std::uint64_t id = user.metadata.id;
    if (m_decisions.drops("user", id)) return std::nullopt;
    AdoptedUser adopted;
    adopted.metadata = metadataOf("user", user.metadata);
    adopted.status = user.status.value_or(0);
    adopted.nickname = user.nickname;
    adopted.passwordHash =
        m_decisions.choice("password", "user", id).verb == "lock" ? lockedPassword : user.passwordHash;
    adopted.email = user.email;
    adopted.phone = user.phone.value_or("");
    adopted.isAdmin = user.isAdmin;
    adopted.loginedAt = user.loginedAt;
    return adopted;
}

std::optional<AdoptedSecret> AdoptionConversion::convert(const LegacySecret& secret) const
{
    const std::uint64_t id = secret.metadata.id;
    if (isDropped("secret", id, secret.owner)) return std::nullopt;
    AdoptedSecret adopted;
    adopted.metadata = metadataOf("secret", secret.metadata);
    adopted.ownerId = secret.owner->id;
    const auto choice = m_decisions.choice("duplicate-id", "secret", id);
    adopted.secretId = choice.verb == "new-id" ? choice.value : secret.secretId;
    adopted.expires = secret.expires;
    adopted.description = secret.description;
    return adopted;
}

std::optional<AdoptedPolicy> AdoptionConversion::convert(const LegacyPolicy& policy) const
{
    const std::uint64_t id = policy.metadata.id;
    if (isDropped("policy", id, policy.owner)) return std::nullopt;
    AdoptedPolicy adopted;
    adopted.metadata = metadataOf("policy", policy.metadata);
    adopted.ownerId = policy.owner->id;
    adopted.document = policy.policyShadow.value_or("");
    if (adopted.metadata.name != policy.metadata.name) {
        // A policy's own id is its name: decisions and records name it by that.
        if (auto document = readDocument(policy.policyShadow)) {
            document->id = adopted.metadata.name;
            adopted.document = contract::encodePolicyDocument(*document);
        }
    }
    return adopted;
}

} // namespace iam::node
