// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configsource.h"
#include "base/result.h"
#include "node/adoption/adoptionsurvey.h"
#include <map>
#include <set>
#include <string>

namespace iam::node {

/// What becomes of the rows that cannot be taken over as they are. In a file (YAML):
///
///     duplicate-name:
///       all: rename
///       secret-23: rename s0-two
///     owner:
///       policy-55: drop
///
/// A choice is one of those that the finding names. A renamed row gets the given name, or one with its id behind it;
/// what is dropped is left out of our tables and stays in the old ones.
class AdoptionDecisions {
public:
    struct Choice {
        std::string verb; ///< empty: nothing is decided, and nothing needs to be
        std::string value;
    };

    AdoptionDecisions() = default;
    /// By key, "duplicate-name.secret-23" to "rename s0-two".
    explicit AdoptionDecisions(std::map<std::string, std::string> entries);
    /// Code::Validation with every fault of the file.
    static Result<AdoptionDecisions> read(const ConfigFile& file);
    static Result<AdoptionDecisions> readFile(const std::string& path) { return read(readConfigFile(path)); }

    /// One decision, with its value, for each finding that needs one, and no other. Code::Validation with a fault for
    /// each finding without a decision and for each decision that cannot be; `strict`: for each that no finding asks
    /// for, too.
    [[nodiscard]] Result<AdoptionDecisions> resolvedFor(const AdoptionSurvey& survey, bool strict) const;

    [[nodiscard]] Choice choice(const char* kind, const char* table, std::uint64_t id) const;
    [[nodiscard]] bool drops(const char* table, std::uint64_t id) const;
    [[nodiscard]] const std::map<std::string, std::string>& entries() const noexcept { return m_entries; }

private:
    std::map<std::string, std::string> m_entries;
    std::set<std::string> m_dropped; ///< "secret-23"
};

/// A file to fill in: what is proposed stands in it, what a person has to say is left open.
[[nodiscard]] std::string decisionTemplate(const AdoptionSurvey& survey);

} // namespace iam::node
