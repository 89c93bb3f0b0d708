// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>

namespace iam::arch {

/// C++ text with comments and string literals blanked out; lines stay where they are.
[[nodiscard]] QString codeOnly(const QString& source);

/// What is wrong with one file of the tree, a sentence each. `path` is relative to the tree ("ui/pages/x.cpp");
/// `serverRooms` are the folders of server/.
[[nodiscard]] QStringList faultsOf(const QString& path, const QString& text, const QStringList& serverRooms);

} // namespace iam::arch
