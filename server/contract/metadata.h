// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "contract/json.h"
#include <cstdint>
#include <string>
#include <string_view>

namespace iam::contract {

/// What every stored object has. `version` counts its changes from 1 and is the entity tag; it is not in the JSON.
struct Metadata {
    std::uint64_t id = 0;   ///< 0: not stored yet
    std::string instanceId; ///< "user-…", "secret-…", "policy-…"; made from the id
    std::string name;
    Json extend; ///< an object, or null
    TimePoint createdAt{};
    TimePoint updatedAt{};
    std::uint64_t version = 0;
    bool operator==(const Metadata&) const = default;
};

/// The public name of a row: `prefix` + the reversed hashid of `id` (salt "x20k5x", at least six characters; the
/// algorithm of hashids.org).
[[nodiscard]] std::string makeInstanceId(std::string_view prefix, std::uint64_t id);

} // namespace iam::contract
