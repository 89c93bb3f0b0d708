// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "contract/policy.h"
#include <string>
#include <vector>

namespace iam::support {

/// A template made to take for ever, and a text to ask it with.
struct HostileTemplate {
    std::string part;     ///< without its brackets
    std::string about;    ///< the part and a short form of the text
    std::string resource; ///< the text
    bool matches = false;

    /// One policy whose resource is the template.
    [[nodiscard]] std::vector<contract::PolicyDocument> alone(const std::string& effect) const;
    /// A hundred of them, each a little different, so that none is shared.
    [[nodiscard]] std::vector<contract::PolicyDocument> hundred(const std::string& effect) const;
    [[nodiscard]] contract::DecisionRequest request() const { return {"peter", "get", resource, {}}; }
};

/// The lines of tests/data/hostile-templates.jsonl: the text is `head`, `unit` so many `times`, `tail`. None when one
/// of them cannot be understood.
[[nodiscard]] std::vector<HostileTemplate> readHostileTemplates(const std::string& file);

/// CPU time of this thread so far.
[[nodiscard]] double threadMilliseconds();

} // namespace iam::support
