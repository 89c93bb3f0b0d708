// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "http/server.h"
#include <memory>

class QSslConfiguration;

namespace iam::http {

/// The server's side of TLS, 1.2 or newer, from PEM files. The error names the file and what is wrong with it.
[[nodiscard]] Result<std::shared_ptr<const QSslConfiguration>> loadTls(const TlsFiles& files);

} // namespace iam::http
