// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/changecursor.h"
#include <charconv>
#include <limits>

namespace iam::store {

std::string encodeChangeCursor(std::uint64_t id)
{
    return "c" + std::to_string(id);
}

Result<std::uint64_t> decodeChangeCursor(const std::string& cursor)
{
    // Ids are signed in the database.
    constexpr auto newest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (cursor.empty()) return newest;
    std::uint64_t id = 0;
    const char* end = cursor.data() + cursor.size();
    const auto [stop, error] = std::from_chars(cursor.data() + 1, end, id);
    if (cursor.front() != 'c' || error != std::errc() || stop != end || id > newest) {
        return fail(Code::Bind, "no cursor of change records", {{"cursor", "is not a cursor of this list"}});
    }
    return id;
}

} // namespace iam::store
