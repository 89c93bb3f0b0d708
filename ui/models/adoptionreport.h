// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace iam::models {

// What "iam-server adopt --json" writes about a database of the old system, one line each. The bytes come from outside:
// a longer line, another shape, or a key that says something else than its row is Code::AnswerTooLarge or
// Code::AnswerInvalid.

inline constexpr std::size_t maxAdoptionLine = std::size_t{16} << 20;

/// What is to be known, or to be decided, about one row.
struct AdoptionFinding {
    std::string key;   ///< "duplicate-name.secret-23": how decisions call it
    std::string table; ///< "user", "secret", "policy"
    std::uint64_t id = 0;
    std::string kind;
    std::string about;
    std::string message;
    std::vector<std::string> choices; ///< none: nothing is to be decided
    std::string proposal;             ///< empty: a person must say
    bool operator==(const AdoptionFinding&) const = default;
};

struct AdoptionReport {
    enum class Form { Empty, Old, Ours, Unknown };
    struct Table {
        std::string name;
        std::uint64_t rows = 0;
        std::string collation;
        std::string engine;
        bool operator==(const Table&) const = default;
    };
    struct Passwords {
        std::map<int, std::uint64_t> bcryptCosts; ///< how many have which cost
        std::uint64_t unusable = 0;
        std::uint64_t untouchedForAYear = 0;
        std::uint64_t untouchedForThreeYears = 0;
        std::string oldest; ///< RFC 3339; empty: unknown
        bool operator==(const Passwords&) const = default;
    };

    std::string place;
    Form form = Form::Unknown;
    bool takenOver = false;
    std::map<int, std::string> steps; ///< that are done of a change that was begun, with their notes
    // Only of a database with the old form:
    std::vector<Table> tables;
    std::uint64_t disabledUsers = 0;
    std::uint64_t administrators = 0;
    std::uint64_t neverLoggedIn = 0;
    Passwords passwords;
    std::vector<std::string> wideColumns;
    std::uint64_t textsBeyondThreeBytes = 0;
    std::vector<std::string> notes; ///< of the tables as such, a sentence each
    std::vector<AdoptionFinding> findings;

    /// A change of its form was begun and has not come to its end.
    [[nodiscard]] bool begun() const;
    [[nodiscard]] bool goingBack() const;
    /// What becomes of the rows is decided already.
    [[nodiscard]] bool decided() const;
    bool operator==(const AdoptionReport&) const = default;
};

Result<AdoptionReport> readAdoptionReport(std::string_view line);

/// What happens on the way there or back.
struct AdoptionNews {
    enum class Kind { Told, Begun, Done, DoneBefore, Finished, Failed };
    Kind kind = Kind::Told;
    int step = 0;
    std::string words; ///< for people; of a failure its one sentence
    std::string note;
    bool stopped = false; ///< a failure that was asked for, between two steps
    std::vector<FieldFault> faults;
    bool operator==(const AdoptionNews&) const = default;
};

/// Code::PageNotFound for a line that is no news but may be a report.
Result<AdoptionNews> readAdoptionNews(std::string_view line);

/// The numbers of steps with a meaning of their own.
inline constexpr int decisionsStep = 2;
inline constexpr int exchangeStep = 13;
inline constexpr int lastStepThere = 15;
inline constexpr int firstStepBack = 101;

} // namespace iam::models
