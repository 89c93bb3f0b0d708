// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

namespace iam::cluster {

// Whether a word may stand in the files that are made: each rule is the narrowest of what nginx, keepalived, systemd
// and YAML take unquoted, so that no value can end a statement and begin another one.

/// One label of a host name (RFC 1123 §2.1): 1..63 letters, digits and inner hyphens.
[[nodiscard]] bool isHostLabel(std::string_view text) noexcept;
/// Two labels or more with dots between, at most 253 characters, the last one not a number.
[[nodiscard]] bool isDomain(std::string_view text) noexcept;
/// A network interface's name: 1..15 (IFNAMSIZ) letters, digits, '.', '_', '-'.
[[nodiscard]] bool isInterface(std::string_view text) noexcept;
/// A letter, then letters, digits, '_', '-'; at most 32.
[[nodiscard]] bool isWord(std::string_view text) noexcept;
/// What can stand behind $cookie_ in nginx: letters, digits, '_'; at most 64.
[[nodiscard]] bool isCookieName(std::string_view text) noexcept;
/// A database's or its user's name: a letter, then letters, digits, '_'; at most 32.
[[nodiscard]] bool isDatabaseName(std::string_view text) noexcept;
/// "/etc/iam/tls.pem": letters, digits and "._-+@" between single slashes, no "." or ".." and none at the end.
[[nodiscard]] bool isPlainPath(std::string_view text) noexcept;

} // namespace iam::cluster
