// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/ownerchoice.h"
#include "base/text.h"

namespace iam::service {

Result<std::string> chooseOwner(const Caller& caller, const std::optional<std::string>& asked,
                                const AccessDirectory& directory)
{
    if (!asked || text::equalIgnoringCase(*asked, caller.name)) return caller.name;
    if (!caller.administrator) return fail(Code::PermissionDenied, "only administrators may act for others");
    const auto snapshot = directory.read();
    const store::Account* account = snapshot->account(*asked);
    return account != nullptr ? account->name : *asked;
}

Result<std::optional<std::string>> chooseOwners(const Caller& caller, const std::optional<std::string>& asked,
                                                const AccessDirectory& directory)
{
    if (asked && *asked == "*" && caller.administrator) return std::optional<std::string>();
    auto owner = chooseOwner(caller, asked, directory);
    if (!owner) return fail(owner);
    return std::optional(std::move(*owner));
}

} // namespace iam::service
