// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

namespace iam::contract {

/// How hard a password is to guess, as zxcvbn counts: 0 (guessed at once) to 4. Words of `known`, such as the user's
/// name, count as guessed. Only the first 64 bytes count, since the estimate's time grows fast with the length.
[[nodiscard]] int passwordStrength(const std::string& password, const std::vector<std::string>& known);

} // namespace iam::contract
