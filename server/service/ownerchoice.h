// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "service/accessdirectory.h"
#include "service/caller.h"
#include <optional>
#include <string>

namespace iam::service {

/// Whose secrets or policies a request is about: the caller's own, or those that an administrator names.
/// `asked` is the request's "username"; nothing means the caller. Code::PermissionDenied for somebody else's when the
/// caller is no administrator. The answer has the stored spelling; an unknown name stays as it was typed.
Result<std::string> chooseOwner(const Caller& caller, const std::optional<std::string>& asked,
                                const AccessDirectory& directory);

/// The same for lists, where an administrator may ask for "*": then nothing, which means everybody.
Result<std::optional<std::string>> chooseOwners(const Caller& caller, const std::optional<std::string>& asked,
                                                const AccessDirectory& directory);

} // namespace iam::service
