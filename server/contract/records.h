// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iam::contract {

/// One decision as the decision log keeps it.
struct DecisionRecord {
    std::uint64_t sequence = 0; ///< per node, rising by one unless records were lost
    TimePoint time{};
    std::string owner;
    std::string subject;
    std::string action;
    std::string resource;
    std::string context; ///< JSON text, as evaluated; empty is an empty object
    bool allowed = false;
    std::string reason;
    std::vector<std::string> deciders;
    std::string requestId;
    std::string node;
    /// All changes up to this ChangeRecord::id were in force when it was decided; 0: not known.
    std::uint64_t snapshot = 0;
    bool operator==(const DecisionRecord&) const = default;
};

/// Who does something, from where.
struct Actor {
    std::string name;
    std::string address;
    std::string requestId;
    bool operator==(const Actor&) const = default;
};

/// One change of an object, stored in the same transaction as the change itself.
struct ChangeRecord {
    std::uint64_t id = 0;
    TimePoint time{};
    Actor actor;
    std::string kind;   ///< "user", "secret", "policy", "session"
    std::string action; ///< "create", "update", "delete", "change-password", "logout", …
    std::string owner;  ///< whose object it is
    std::string name;   ///< the object's name
    std::string before; ///< JSON text without any secret; empty: there was nothing
    std::string after;  ///< likewise
    /// The object's id and the version that the change made of it (of a removed object: its last one). Ids tell apart
    /// what had the same name one after another. 0: the kind has none, or the record is older than these members.
    std::uint64_t objectId = 0;
    std::uint64_t objectVersion = 0;
};

/// Which records; an unset member does not restrict. Times are [from, to). `text` is a substring of any shown field,
/// ASCII-case-insensitive; the others are exact.
struct RecordFilter {
    std::optional<TimePoint> from;
    std::optional<TimePoint> to;
    std::optional<std::string> owner;
    std::optional<std::string> subject;
    std::optional<std::string> action;
    std::optional<std::string> resource;
    std::optional<bool> allowed;
    std::optional<std::string> actor;
    std::optional<std::string> kind; ///< of a change's object, as is `name`
    std::optional<std::string> name;
    std::optional<std::string> text;
    bool operator==(const RecordFilter&) const = default;
};

/// A page of a newest-first listing. `next` continues behind the last item; empty at the end.
template <class T>
struct RecordPage {
    std::vector<T> items;
    std::string next;
};

inline constexpr int defaultRecordLimit = 100;
inline constexpr int maxRecordLimit = 1000;

} // namespace iam::contract
