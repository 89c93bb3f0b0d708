// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

namespace iam::cluster {

/// What changes `before` into `after`, as diff -u prints it (three lines around each change), without a header. Empty
/// when they are equal. Texts that differ in more than 2000 places are shown as wholly replaced. Passwords and keys are
/// shown as "(hidden)", in whatever of the files of a node they stand.
[[nodiscard]] std::string unifiedDiff(const std::string& before, const std::string& after);

} // namespace iam::cluster
