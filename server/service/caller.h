// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include <string>

namespace iam::service {

/// Who asks for a use case, authenticated and looked up. An empty name is an anonymous caller.
struct Caller {
    std::string name; ///< the stored spelling
    bool administrator = false;
    contract::Actor actor;
    std::string session = {}; ///< of the token that was shown; empty for other kinds of proof

    [[nodiscard]] bool anonymous() const noexcept { return name.empty(); }
};

} // namespace iam::service
