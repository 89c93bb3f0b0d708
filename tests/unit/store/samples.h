// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/storage.h"

namespace iam::store {

// Values to store, and short words for what is stored.

inline const contract::Actor actor{"root", "10.0.0.1", "request-1"};

/// `ms` after a fixed moment.
inline TimePoint at(int ms)
{
    return TimePoint(std::chrono::milliseconds(1'700'000'000'000 + ms));
}

inline contract::User user(const std::string& name, bool administrator = false)
{
    contract::User made;
    made.metadata.name = name;
    made.metadata.extend = contract::Json(contract::Json::Object{{"team", contract::Json("blue")}});
    made.nickname = "Nick " + name;
    made.email = name + "@example.com";
    made.phone = "123";
    made.isAdmin = administrator ? 1 : 0;
    return made;
}

inline StoredSecret secret(const std::string& owner, const std::string& name)
{
    StoredSecret made;
    made.secret.username = owner;
    made.secret.metadata.name = name;
    made.secret.secretId = "id-of-" + owner + "-" + name;
    made.secret.secretKey = SecretString("plain key");
    made.secret.description = "for " + name;
    made.secret.expires = 4294967295;
    made.sealedKey = "sealed-" + name;
    return made;
}

inline contract::Policy policy(const std::string& owner, const std::string& name)
{
    contract::Policy made;
    made.username = owner;
    made.metadata.name = name;
    made.policy.id = name;
    made.policy.description = "grüße 😀 <&>";
    made.policy.effect = "allow";
    made.policy.subjects = {{"users:<peter|ken>"}};
    made.policy.actions = {{"delete", "<create|update>"}};
    made.policy.resources = std::vector<std::string>{};
    made.policy.conditions = {{"remoteIP", contract::CidrCondition{"192.168.0.0/16"}},
                              {"flag", contract::BooleanCondition{true}}};
    made.policy.meta = std::string("\0\1meta", 6);
    return made;
}

template <class Page>
std::vector<std::string> namesOf(const Page& page)
{
    std::vector<std::string> names;
    for (const auto& item : page.items) {
        if constexpr (requires { item.secret; })
            names.push_back(item.secret.metadata.name);
        else
            names.push_back(item.metadata.name);
    }
    return names;
}

using Names = std::vector<std::string>;

/// The change records, oldest first, as "kind action owner/name".
inline Names changesOf(Storage& storage)
{
    Names words;
    auto page = storage.changes().query({}, {}, contract::maxRecordLimit);
    if (!page) return {page.error().detail};
    for (auto change = page->items.rbegin(); change != page->items.rend(); ++change) {
        words.push_back(change->kind + " " + change->action + " " + change->owner + "/" + change->name);
    }
    return words;
}

} // namespace iam::store
