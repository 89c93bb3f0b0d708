// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace iam::app {

/// What a verb takes.
struct OptionRule {
    std::string_view name; ///< "--config"
    bool takesValue = true;
    bool repeats = false;
};

/// The arguments behind a verb: "--name value" or "--name=value", others by their position; behind "--" nothing is an
/// option any more.
class Arguments {
public:
    /// `positions`: how many arguments without a name the verb takes at most. The error's detail is one sentence.
    [[nodiscard]] static Result<Arguments> parse(const std::vector<std::string>& arguments,
                                                 const std::vector<OptionRule>& rules, std::size_t positions = 0);

    [[nodiscard]] bool has(std::string_view name) const;
    /// Empty when it was not given.
    [[nodiscard]] std::string value(std::string_view name) const;
    /// Of an option that repeats, in order.
    [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
    [[nodiscard]] const std::vector<std::string>& positional() const noexcept { return m_positional; }

private:
    Result<> add(const OptionRule& rule, std::string value);

    std::map<std::string, std::vector<std::string>, std::less<>> m_options;
    std::vector<std::string> m_positional;
};

} // namespace iam::app
