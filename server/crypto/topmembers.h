// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iam::crypto {

/// One member of a JSON object that somebody looks for.
struct JsonMember {
    enum class Kind { Absent, Null, Number, Text, Texts, Other };
    std::string_view name;
    Kind kind = Kind::Absent;
    double number = 0;
    std::vector<std::string> texts{}; ///< one when it is a text, all of them when it is a list of texts only
};

/// Fills the members that are wanted from an object, without building a tree of the rest; of repeated names the last
/// counts. False when the text is not exactly one JSON object, or has more than 32 levels.
bool readTopMembers(std::string_view json, std::span<JsonMember> wanted);

} // namespace iam::crypto
