// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "contract/policy.h"
#include <string>
#include <utility>

namespace iam::support {

/// A policy without conditions.
inline contract::PolicyDocument document(std::string id, std::string effect, contract::PatternList actions,
                                         contract::PatternList subjects, contract::PatternList resources)
{
    contract::PolicyDocument made;
    made.id = std::move(id);
    made.effect = std::move(effect);
    made.actions = std::move(actions);
    made.subjects = std::move(subjects);
    made.resources = std::move(resources);
    return made;
}

/// Whether two ways to decide came to the same in everything that is told or recorded.
inline bool same(const contract::Decision& a, const contract::Decision& b)
{
    return a.allowed == b.allowed && a.failed == b.failed && a.reason == b.reason && a.deciders == b.deciders &&
           a.faultyPolicy == b.faultyPolicy;
}

} // namespace iam::support
