// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/explanation.h"
#include "service/accessdirectory.h"

namespace iam::service {

/// Says why a request is decided as it is. That is a question about a decision and none itself: nothing is recorded or
/// counted, and no key was used.
class ExplainService {
public:
    /// The directory outlives this.
    explicit ExplainService(const AccessDirectory& directory);

    /// How the policies of `owner` decide the request in `body`, with context.username set to the owner as in a
    /// decision. Code::Bind when `body` is no request. May take some tens of milliseconds: for a worker.
    Result<contract::Explanation> explain(const std::string& owner, std::string_view body) const;

private:
    const AccessDirectory& m_directory;
};

} // namespace iam::service
