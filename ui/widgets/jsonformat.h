// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace iam::widgets {

/// The text with its white space set anew: four spaces a level, one member or element a line, lists of plain values of
/// at most 72 characters on one line. Everything else stays as it is, also in text that is not JSON.
[[nodiscard]] QString formattedJson(const QString& text);

} // namespace iam::widgets
