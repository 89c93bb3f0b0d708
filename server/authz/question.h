// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include "authz/needle.h"
#include "contract/decision.h"

namespace iam::authz {

/// A request on its way through an owner's policies: what was found out about its texts is kept for the next policy,
/// and so is what the decision may still cost. The request must outlive it. One thread, one decision.
struct Question {
    explicit Question(const contract::DecisionRequest& asked, Effort steps = Effort())
        : request(asked)
        , action(asked.action)
        , subject(asked.subject)
        , resource(asked.resource)
        , effort(steps)
    {
    }

    const contract::DecisionRequest& request;
    Needle action;
    Needle subject;
    Needle resource;
    Effort effort;
};

} // namespace iam::authz
