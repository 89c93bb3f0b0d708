// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/user.h"
#include "contract/validation.h"
#include <string>
#include <unordered_set>

namespace iam::service {

/// What a new password must be besides contract::checkPassword(). Nothing, unless it is configured. Not for log-ins: a
/// password that was set under other rules stays good. Immutable; any thread.
class PasswordRules {
public:
    static constexpr std::size_t largestBlocklist = 64 * 1024 * 1024; ///< bytes of the file

    /// No rules.
    PasswordRules() = default;
    /// `blocklistFile` has one password a line and is read here; empty: none. `minStrength` is that of
    /// contract::passwordStrength(). Code::Validation with one clear sentence when the file cannot be read or is larger
    /// than largestBlocklist.
    static Result<PasswordRules> load(const std::string& blocklistFile, int minStrength);

    /// What is wrong with `password`, which passed contract::checkPassword(), as the password of `user`: it stands in
    /// the list in any case of its letters, or is too easy to guess for somebody who knows the user.
    [[nodiscard]] contract::Complaint check(const std::string& password, const contract::User& user) const;

private:
    std::unordered_set<std::string> m_blocked; ///< in lower case
    int m_minStrength = 0;
};

} // namespace iam::service
