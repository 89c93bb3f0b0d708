// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>

namespace iam::test {

/// A port of 127.0.0.1 that nobody listened on just now; 0 when there is none. Somebody else may listen there, but no
/// outgoing connection gets it while its server is away: it is none of those that the kernel gives out.
[[nodiscard]] std::uint16_t freePort();

/// Whether something on 127.0.0.1 takes connections there within ten seconds; ends sooner when `givenUp` says so.
[[nodiscard]] bool waitForPort(std::uint16_t port, const std::function<bool()>& givenUp = {});

} // namespace iam::test
