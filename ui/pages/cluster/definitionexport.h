// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "pages/cluster/definitiondraft.h"
#include <QString>

namespace iam::pages {

/// Writes FOLDER/MACHINE/etc/… for every machine, all or nothing: into a new folder beside, which then takes the place
/// of what was there. Folders of machines that were exported before are replaced, anything else in FOLDER stays. Files
/// get their mode; whose they are is for the machine to say. The detail of a failure is a sentence of the system.
Result<> exportFiles(const QString& folder, const DefinitionDraft::Files& files);

/// The whole file, at most 1 MiB.
Result<std::string> readTextFile(const QString& path);
/// Replaces the file at once, or leaves it as it was.
Result<> writeTextFile(const QString& path, const std::string& text);

} // namespace iam::pages
