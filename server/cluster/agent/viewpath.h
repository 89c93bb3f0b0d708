// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <charconv>
#include <cstdint>
#include <string>

namespace iam::cluster {

/// Where a server asks the agent of its node: the status, and the events behind ?after=.
inline constexpr const char* viewPath = "/v1/agent/cluster";
/// Events of the journal, by ?from= and ?limit=.
inline constexpr const char* journalPath = "/v1/agent/events";

/// The number; 0 for anything that is none.
[[nodiscard]] inline std::uint64_t afterOfView(const std::string* text)
{
    std::uint64_t after = 0;
    if (text != nullptr) std::from_chars(text->data(), text->data() + text->size(), after);
    return after;
}

} // namespace iam::cluster
