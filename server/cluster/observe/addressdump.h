// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// What the kernel answers to RTM_GETADDR (rtnetlink(7)), gathered from one or more datagrams.
struct AddressDump {
    std::uint32_t sequence = 0;  ///< of the question; what answers another one is skipped
    std::uint32_t wanted = 0;    ///< IPv4, network byte order
    std::vector<int> interfaces; ///< indexes of those that have it, once each, in the order they came
    bool done = false;
    bool failed = false;      ///< the kernel says no, or what came is no netlink
    bool interrupted = false; ///< something changed meanwhile: to be asked again

    /// Takes one datagram; whatever is in it, it is read within its bounds.
    void read(std::string_view datagram);
};

} // namespace iam::cluster
