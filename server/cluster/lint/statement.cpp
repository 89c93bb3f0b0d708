// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/statement.h"

namespace iam::cluster {

const Statement* Statement::child(std::string_view childName) const noexcept
{
    const Statement* found = nullptr;
    for (const Statement& one : children)
        if (one.name == childName) found = &one;
    return found;
}

std::vector<const Statement*> Statement::all(std::string_view childName) const
{
    std::vector<const Statement*> found;
    for (const Statement& one : children)
        if (one.name == childName) found.push_back(&one);
    return found;
}

std::string Statement::value() const
{
    return arguments.empty() ? std::string() : arguments.front();
}

} // namespace iam::cluster
