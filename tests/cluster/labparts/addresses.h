// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <netinet/in.h>
#include <optional>
#include <string>

namespace iam::lab {

/// Asks the kernel of the namespace that it was made in (rtnetlink(7)).
class Addresses {
public:
    Addresses();
    Addresses(const Addresses&) = delete;
    Addresses& operator=(const Addresses&) = delete;
    ~Addresses();

    /// Whether any interface has the address.
    [[nodiscard]] bool holds(in_addr address);
    /// The last four bytes of the hardware address that packets to this neighbour go to; in the lab these are the IPv4
    /// address of the node. Empty: not known.
    [[nodiscard]] std::optional<std::uint32_t> hardwareOf(in_addr neighbour);

private:
    template <class Visit>
    void dump(std::uint16_t type, const Visit& visit);

    int m_socket;
    std::uint32_t m_sequence = 0;
};

} // namespace iam::lab
