// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "contract/policy.h"
#include "support/dice.h"
#include "support/plaindecision.h"
#include <string>
#include <vector>

namespace iam::support {

/// Random policies of one owner and requests about them, within what PlainDecisions understands. Lists draw from a few
/// texts of the whole set, so that many policies meet in a request; all kinds of entries occur: literals, shared
/// prefixes, expressions in the middle and at the ends, look-ahead, broken templates, line feeds, other scripts, empty
/// and absent lists.
class RandomPolicies {
public:
    /// `most`: how many policies at most.
    RandomPolicies(Dice& dice, PlainDecisions& plain, std::size_t most);

    [[nodiscard]] const std::vector<contract::PolicyDocument>& all() const noexcept { return m_policies; }

    /// What a change does; the places are those before it.
    struct Change {
        enum class Kind { Replaced, Removed, Added };
        Kind kind = Kind::Replaced;
        std::size_t place = 0; ///< Added: the new policy stands before the one that stood there
    };
    Change change();

    /// Mostly close to one of the policies: texts made from its entries, some of them spoilt.
    [[nodiscard]] contract::DecisionRequest request();

private:
    struct Texts {
        std::vector<std::string> actions;
        std::vector<std::string> subjects;
        std::vector<std::string> resources;
    };

    std::string freshLiteral();
    std::string freshTemplate();
    std::string freshEntry();
    contract::PatternList list(const std::vector<std::string>& texts);
    contract::PolicyDocument policy();
    contract::Condition condition();
    std::string expression(bool inTemplate, int& unbounded, int depth);
    std::string atom(bool inTemplate, int& unbounded, int depth);
    std::string spoilt(std::string text);
    std::string textFor(const contract::PatternList& list, const std::vector<std::string>& texts);
    std::string textOf(const std::string& entry);
    contract::Json valueFor(const contract::Condition& condition, const contract::DecisionRequest& request);

    Dice& m_dice;
    PlainDecisions& m_plain;
    Texts m_texts;
    std::size_t m_most;
    std::size_t m_brokenPercent = 0;
    std::size_t m_templatePercent = 50;
    bool m_lookAhead = false; ///< in the template that is being made; and anchors
    std::size_t m_nextId = 0;
    std::vector<contract::PolicyDocument> m_policies;
};

} // namespace iam::support
