// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

/// The Unicode 13.0 character database, as far as templates can ask for it. See generate.pl.
namespace iam::authz::unicode {

struct Property {
    std::string_view name;
    std::uint32_t offset; ///< into propertyBounds
    std::uint32_t count;
};

/// first, first + step, … last have the lower case form `code point + delta`.
struct LowerRun {
    std::uint32_t first;
    std::uint32_t last;
    std::uint32_t step;
    std::int32_t delta;
};

/// Two letters each, in the order of their numbers; 0 is "Cn", unassigned.
extern const std::span<const std::string_view> categoryNames;
/// 0 is "Unknown".
extern const std::span<const std::string_view> scriptNames;
/// Ascending: code point << 5 | number, from that code point to the next entry.
extern const std::span<const std::uint32_t> categories;
/// Ascending: code point << 8 | number, from that code point to the next entry.
extern const std::span<const std::uint32_t> scripts;
/// Pairs of [first, behind the last).
extern const std::span<const std::uint32_t> propertyBounds;
extern const std::span<const Property> properties;
/// Ascending by `first`.
extern const std::span<const LowerRun> lowerRuns;

} // namespace iam::authz::unicode
