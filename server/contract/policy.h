// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/metadata.h"
#include <map>
#include <optional>
#include <variant>
#include <vector>

namespace iam::contract {

/// The context value is a string equal to this one.
struct StringEqualCondition {
    std::string equals;
    bool operator==(const StringEqualCondition&) const = default;
};
/// The context value is an IP address inside this network.
struct CidrCondition {
    std::string cidr;
    bool operator==(const CidrCondition&) const = default;
};
/// The context value equals the request's subject.
struct EqualsSubjectCondition {
    bool operator==(const EqualsSubjectCondition&) const = default;
};
/// The context value is a list of pairs of equal strings.
struct StringPairsEqualCondition {
    bool operator==(const StringPairsEqualCondition&) const = default;
};
/// The context value is a string in which this regular expression (RE2 syntax) matches somewhere.
struct StringMatchCondition {
    std::string matches;
    bool operator==(const StringMatchCondition&) const = default;
};
/// The context value is {"value", "delimiter"} and that value lies in the request's resource.
struct ResourceContainsCondition {
    bool operator==(const ResourceContainsCondition&) const = default;
};
/// The context value is this boolean.
struct BooleanCondition {
    bool value = false;
    bool operator==(const BooleanCondition&) const = default;
};

using Condition = std::variant<StringEqualCondition, CidrCondition, EqualsSubjectCondition, StringPairsEqualCondition,
                               StringMatchCondition, ResourceContainsCondition, BooleanCondition>;

/// "StringEqualCondition", "CIDRCondition", … in the order of the variant: the names on the wire.
[[nodiscard]] const std::vector<std::string>& conditionTypeNames();
[[nodiscard]] const std::string& conditionTypeName(const Condition& condition);

/// A list that was given, or not (null on the wire); an empty or absent list matches nothing.
using PatternList = std::optional<std::vector<std::string>>;

/// The rule itself. An entry of a list with `<` is a template: the parts in `<…>` are regular expressions.
struct PolicyDocument {
    std::string id;
    std::string description;
    PatternList subjects;
    std::string effect; ///< "allow"; anything else denies
    PatternList resources;
    PatternList actions;
    std::map<std::string, Condition> conditions; ///< by context key; all must hold
    std::optional<std::string> meta;             ///< bytes, base64 on the wire
    bool operator==(const PolicyDocument&) const = default;
};

struct Policy {
    Metadata metadata;
    std::string username; ///< the owner
    PolicyDocument policy;
};

} // namespace iam::contract
