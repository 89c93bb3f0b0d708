// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

namespace iam::routes {

/// resources/openapi.json with the program's version in it. Compiled in: no file is needed at run time.
[[nodiscard]] std::string_view openApiDocument() noexcept;
/// Changes whenever the document does.
[[nodiscard]] std::string_view openApiTag() noexcept;

} // namespace iam::routes
