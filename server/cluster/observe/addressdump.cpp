// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/addressdump.h"
#include <algorithm>
#include <cstring>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <optional>
#include <sys/socket.h>

namespace iam::cluster {
namespace {

/// The head of what begins at the front, or nothing where there is too little. Netlink aligns, a buffer need not.
template <class T>
std::optional<T> headOf(std::string_view bytes)
{
    if (bytes.size() < sizeof(T)) return std::nullopt;
    T head;
    std::memcpy(&head, bytes.data(), sizeof head);
    return head;
}

/// The first `size` bytes, and the rest behind their padding.
std::string_view take(std::string_view& bytes, std::size_t size)
{
    const std::string_view taken = bytes.substr(0, size);
    bytes.remove_prefix(std::min(bytes.size(), (size + 3) & ~std::size_t{3}));
    return taken;
}

/// IFA_LOCAL is the interface's own address; IFA_ADDRESS is the other end's on a point-to-point link, else the same.
std::optional<std::uint32_t> localAddress(std::string_view attributes)
{
    std::optional<std::uint32_t> address;
    while (const auto head = headOf<rtattr>(attributes)) {
        if (head->rta_len < sizeof(rtattr) || head->rta_len > attributes.size()) break;
        const std::string_view value = take(attributes, head->rta_len).substr(sizeof(rtattr));
        if (value.size() != sizeof(std::uint32_t)) continue;
        if (head->rta_type == IFA_LOCAL) return headOf<std::uint32_t>(value);
        if (head->rta_type == IFA_ADDRESS) address = headOf<std::uint32_t>(value);
    }
    return address;
}

} // namespace

void AddressDump::read(std::string_view datagram)
{
    while (const auto head = headOf<nlmsghdr>(datagram)) {
        if (head->nlmsg_len < sizeof(nlmsghdr) || head->nlmsg_len > datagram.size()) {
            failed = true;
            return;
        }
        const std::string_view body = take(datagram, head->nlmsg_len).substr(sizeof(nlmsghdr));
        if (head->nlmsg_seq != sequence) continue;
        if ((head->nlmsg_flags & NLM_F_DUMP_INTR) != 0) interrupted = true;
        if (head->nlmsg_type == NLMSG_DONE) done = true;
        if (head->nlmsg_type == NLMSG_ERROR) failed = true;
        if (head->nlmsg_type != RTM_NEWADDR) continue;
        const auto address = headOf<ifaddrmsg>(body);
        if (!address || address->ifa_family != AF_INET) continue;
        const int index = static_cast<int>(address->ifa_index);
        if (localAddress(body.substr(sizeof(ifaddrmsg))) == wanted && std::ranges::count(interfaces, index) == 0)
            interfaces.push_back(index);
    }
}

} // namespace iam::cluster
