// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/message.h"

namespace iam::http {

/// The redirect to the form of a path with, or without, its last slash: 301 for GET and HEAD, 307 otherwise, the query
/// kept. `prefix` is the client's X-Forwarded-Prefix: only letters, digits, '-', '_', '.', '/' of it are used, without
/// "." and ".." segments. The location is always a path of this host, never "//elsewhere".
[[nodiscard]] Response slashRedirect(const Request& request, std::string_view otherPath, std::string_view prefix);

} // namespace iam::http
