// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace iam {

/// A value or the Error that stands in its place. Never ignored: [[nodiscard]] on the type.
template <class T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

/// `return fail(Code::UserNotFound, "no such name");` from any function that returns a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(Code code, std::string detail = {}, std::vector<FieldFault> faults = {})
{
    return tl::unexpected<Error>(Error{code, std::move(detail), std::move(faults)});
}

/// Hands another Result's failure on: `if (!user) return fail(user);`
template <class T>
[[nodiscard]] tl::unexpected<Error> fail(const Result<T>& failed)
{
    return tl::unexpected<Error>(failed.error());
}

} // namespace iam
