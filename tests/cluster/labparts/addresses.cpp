// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "addresses.h"
#include <array>
#include <cstring>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace iam::lab {

namespace {

/// The value of one attribute of a message, or null.
template <class Header>
const rtattr* attributeOf(const nlmsghdr* message, unsigned short type)
{
    const auto* header = static_cast<const Header*>(NLMSG_DATA(message));
    auto left = static_cast<unsigned>(NLMSG_PAYLOAD(message, sizeof(Header)));
    const auto* attribute =
        reinterpret_cast<const rtattr*>(reinterpret_cast<const char*>(header) + NLMSG_ALIGN(sizeof(Header)));
    for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left))
        if (attribute->rta_type == type) return attribute;
    return nullptr;
}

bool isAddress(const rtattr* attribute, in_addr address)
{
    return attribute != nullptr && RTA_PAYLOAD(attribute) == sizeof address &&
           std::memcmp(RTA_DATA(attribute), &address, sizeof address) == 0;
}

} // namespace

Addresses::Addresses()
    : m_socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE))
{
}

Addresses::~Addresses()
{
    ::close(m_socket);
}

template <class Visit>
void Addresses::dump(std::uint16_t type, const Visit& visit)
{
    struct {
        nlmsghdr head;
        ndmsg body; // at least as long as ifaddrmsg; both begin with the family
    } request{};
    request.head.nlmsg_len = sizeof request;
    request.head.nlmsg_type = type;
    request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.head.nlmsg_seq = ++m_sequence;
    request.body.ndm_family = AF_INET;
    if (::send(m_socket, &request, sizeof request, 0) < 0) return;
    alignas(nlmsghdr) std::array<char, 32768> buffer;
    for (;;) {
        const ssize_t got = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (got <= 0) return;
        auto left = static_cast<unsigned>(got);
        for (auto* message = reinterpret_cast<nlmsghdr*>(buffer.data()); NLMSG_OK(message, left);
             message = NLMSG_NEXT(message, left)) {
            if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR) return;
            if (message->nlmsg_seq == m_sequence) visit(message);
        }
    }
}

bool Addresses::holds(in_addr address)
{
    bool found = false;
    dump(RTM_GETADDR, [&](const nlmsghdr* message) {
        found = found || isAddress(attributeOf<ifaddrmsg>(message, IFA_LOCAL), address);
    });
    return found;
}

std::optional<std::uint32_t> Addresses::hardwareOf(in_addr neighbour)
{
    std::optional<std::uint32_t> found;
    dump(RTM_GETNEIGH, [&](const nlmsghdr* message) {
        if (!isAddress(attributeOf<ndmsg>(message, NDA_DST), neighbour)) return;
        const rtattr* hardware = attributeOf<ndmsg>(message, NDA_LLADDR);
        if (hardware == nullptr || RTA_PAYLOAD(hardware) != 6) return;
        std::uint32_t bytes = 0;
        std::memcpy(&bytes, static_cast<const char*>(RTA_DATA(hardware)) + 2, sizeof bytes);
        found = bytes;
    });
    return found;
}

} // namespace iam::lab
