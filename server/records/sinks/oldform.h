// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include "records/legacy/legacyrecord.h"

namespace iam::records {

/// The record in the eight fields that the system this one replaces knows, for receivers that read those; unlike
/// toLegacy() for every record. Deciders are objects with nothing but the id; the policies that did not match are not
/// known and left out (an empty text); a decision that the old system does not record has the reason as conclusion.
[[nodiscard]] LegacyRecord toOldForm(const contract::DecisionRecord& record);

} // namespace iam::records
