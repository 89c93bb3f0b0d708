// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include "models/listmodel.h"
#include <QStringList>
#include <span>

namespace iam::models {

// The words of a change in the reader's language; words of a later server stay as they are.

/// The kinds and the actions that changes have, as the server writes them, in the order in which people look for them.
[[nodiscard]] std::span<const char* const> changeKinds();
[[nodiscard]] std::span<const char* const> changeActions();

/// "user", "secret", "policy", "session", "old records".
[[nodiscard]] QString kindWord(const std::string& kind);
/// "created", "changed", "password changed", "logged out", …
[[nodiscard]] QString actionWord(const std::string& action);
/// Warning for what takes something away from somebody, else Neutral.
[[nodiscard]] Tone actionTone(const std::string& action);
/// Who did it, also when nobody is named.
[[nodiscard]] QString actorName(const contract::ChangeRecord& change);
/// "policy p0 of foo"; of a user, "user foo".
[[nodiscard]] QString objectText(const contract::ChangeRecord& change);
/// "admin changed policy p0 of foo", without a full stop.
[[nodiscard]] QString changeSentence(const contract::ChangeRecord& change);
/// The members that differ between before and after, as paths ("policy.subjects"), in their order; without the time
/// of the change itself, and nothing when there is no before or no after. "everything" for what is no object.
[[nodiscard]] QStringList changedMembers(const contract::ChangeRecord& change);

} // namespace iam::models
