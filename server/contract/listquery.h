// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/user.h"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iam::contract {

/// Which part of a list: rows in descending order of id.
struct ListQuery {
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> limit = 1000; ///< nothing: no limit
    std::optional<std::string> nameContains{}; ///< ASCII-case-insensitive substring, no wildcards
};

template <class T>
struct ListPage {
    std::uint64_t totalCount = 0; ///< all rows that match, whatever the offset and limit
    std::vector<T> items;
};

/// Reads offset, limit, fieldSelector (or fieldselector) and checks TimeoutSeconds; other parameters are ignored.
/// Code::Bind with the faulty parameter for what is not an integer or not a selector.
Result<ListQuery> parseListQuery(const std::vector<std::pair<std::string, std::string>>& parameters);
/// Reads status, which is "enabled", "disabled" or "all"; nothing when it is absent or empty. Code::Bind with the fault
/// for anything else.
Result<std::optional<WhichUsers>> parseWhichUsers(const std::vector<std::pair<std::string, std::string>>& parameters);
/// The inverse, for a client.
[[nodiscard]] std::string_view nameOf(WhichUsers which);

} // namespace iam::contract
