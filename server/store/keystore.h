// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include <cstdint>
#include <string>
#include <vector>

namespace iam::store {

/// One generation of the keys that all nodes of this database share. The store understands none of the texts.
struct KeyGeneration {
    std::uint64_t number = 0; ///< 1, 2, 3, …
    std::string fingerprint;  ///< tells whether a node holds these keys, and nothing about them
    std::string sealed;       ///< the keys, sealed with the generation before; empty: every node has them already
    TimePoint createdAt{};
    TimePoint activeFrom{}; ///< from then on these keys sign and seal
    bool operator==(const KeyGeneration&) const = default;
};

/// Any thread. Durability and errors as userstore.h says.
class KeyStore {
public:
    virtual ~KeyStore() = default;

    /// Ascending by number; none in a new database.
    virtual Result<std::vector<KeyGeneration>> generations() = 0;

    /// Adds the generation behind the newest one. Code::ObjectChanged when its number is not the next: of several that
    /// add the same one, exactly one succeeds. No change record: the keys are no object of the API.
    virtual Result<> add(const KeyGeneration& generation) = 0;
};

} // namespace iam::store
