// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorytables.h"
#include "base/text.h"
#include "contract/codec.h"
#include <algorithm>

namespace iam::store {

namespace {

/// What a value becomes that went through a database as JSON text.
contract::Json asStored(const contract::Json& json)
{
    auto stored = contract::parseJson(contract::writeJson(json));
    return stored ? std::move(*stored) : contract::Json();
}

} // namespace

MemoryTables::UserRow* MemoryTables::findUser(const std::string& name)
{
    const auto id = userIds.find(text::lowered(name));
    return id == userIds.end() ? nullptr : &users.at(id->second);
}

void MemoryTables::record(contract::ChangeRecord change)
{
    change.id = ++lastChangeId;
    changes.push_back(std::move(change));
}

bool MemoryTables::revoke(const RevokedToken& token)
{
    const auto [place, isNew] = revoked.try_emplace(token.tokenId, token);
    place->second.until = std::max(place->second.until, token.until);
    return isNew;
}

void MemoryTables::removeSecret(std::uint64_t id, const contract::Actor& actor, TimePoint now)
{
    const contract::Secret& secret = secrets.at(id).secret;
    const contract::Metadata& metadata = secret.metadata;
    record({0,
            now,
            actor,
            "secret",
            "delete",
            secret.username,
            metadata.name,
            contract::encodeSecret(secret),
            {},
            metadata.id,
            metadata.version});
    secrets.erase(id);
}

void MemoryTables::removePolicy(std::uint64_t id, const contract::Actor& actor, TimePoint now)
{
    const contract::Policy& policy = policies.at(id);
    const contract::Metadata& metadata = policy.metadata;
    record({0,
            now,
            actor,
            "policy",
            "delete",
            policy.username,
            metadata.name,
            contract::encodePolicy(policy),
            {},
            metadata.id,
            metadata.version});
    policies.erase(id);
}

contract::Metadata newMetadata(const contract::Metadata& given, std::string_view prefix, std::uint64_t id,
                               TimePoint now)
{
    contract::Metadata metadata = given;
    metadata.id = id;
    metadata.instanceId = contract::makeInstanceId(prefix, id);
    metadata.extend = asStored(given.extend);
    metadata.createdAt = now;
    metadata.updatedAt = now;
    metadata.version = 1;
    return metadata;
}

void renew(contract::Metadata& metadata, const contract::Json& extend, TimePoint now)
{
    metadata.extend = asStored(extend);
    metadata.updatedAt = now;
    ++metadata.version;
}

bool containsIgnoringCase(std::string_view text, std::string_view part)
{
    return text::lowered(text).find(text::lowered(part)) != std::string::npos;
}

} // namespace iam::store
