// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/metadata.h"
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace iam::service {

/// "id.version" in quotes: another object of the same name has another tag.
[[nodiscard]] inline std::string entityTag(const contract::Metadata& metadata)
{
    return '"' + std::to_string(metadata.id) + '.' + std::to_string(metadata.version) + '"';
}

/// Which states of an object a change is meant for: those with one of these tags . Without any
/// given, every state.
struct Expectation {
    bool given = false;
    std::vector<std::string> tags;

    /// The version to hold the store to, when `current` is a state that is meant; 0, which no object has, when not;
    /// nothing when every state is.
    [[nodiscard]] std::optional<std::uint64_t> versionOf(const contract::Metadata& current) const
    {
        if (!given) return std::nullopt;
        return std::find(tags.begin(), tags.end(), entityTag(current)) != tags.end() ? current.version : 0;
    }
};

} // namespace iam::service
