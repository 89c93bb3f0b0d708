// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionreport.h"
#include <QString>

namespace iam::models {

// The words of taking a database over in the reader's language; what a newer program says besides comes back as it is.

/// "Name is taken", "Nobody's": what kind of finding it is.
[[nodiscard]] QString findingTitle(const AdoptionFinding& finding);
/// What it means, one clause.
[[nodiscard]] QString findingMessage(const AdoptionFinding& finding);
/// "user 41", "policy 55".
[[nodiscard]] QString findingRow(const AdoptionFinding& finding);
/// What a decision such as "rename s0-two" does to that row; empty for an empty one.
[[nodiscard]] QString decisionText(const AdoptionFinding& finding, const QString& decision);
/// What a step does, for one that waits or runs; `words` are the program's own.
[[nodiscard]] QString stepText(int step, const QString& words);

} // namespace iam::models
