// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "gui/photographer.h"

namespace iam::support {

/// Pictures of the pump's page: no sink, one that is down, its detail, all well, no pump. Decisions were made at the
/// server whose data lie in `serverData`; `scratch` is a folder for what a sink writes.
void shootPump(Photographer& photographer, const QString& serverData, const QString& scratch);

} // namespace iam::support
