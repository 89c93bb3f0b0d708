// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/addresswatch.h"
#include "base/logging.h"
#include "cluster/observe/addressdump.h"
#include <QPointer>
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace iam::cluster {
namespace {

constexpr std::chrono::milliseconds addressResync{500};
constexpr int mostNotes = 64;      ///< read in one go; the rest wakes us again
constexpr int mostDatagrams = 256; ///< of one dump: some ten thousand addresses

FileDescriptor routeSocket(std::uint32_t groups)
{
    FileDescriptor made(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
    sockaddr_nl self{};
    self.nl_family = AF_NETLINK;
    self.nl_groups = groups;
    if (made && ::bind(made.get(), reinterpret_cast<const sockaddr*>(&self), sizeof self) != 0) return {};
    return made;
}

bool askForAddresses(int socket, std::uint32_t sequence)
{
    struct {
        nlmsghdr head;
        ifaddrmsg body;
    } question{};
    question.head.nlmsg_len = sizeof question;
    question.head.nlmsg_type = RTM_GETADDR;
    question.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    question.head.nlmsg_seq = sequence;
    question.body.ifa_family = AF_INET;
    sockaddr_nl kernel{};
    kernel.nl_family = AF_NETLINK;
    return ::sendto(socket, &question, sizeof question, MSG_DONTWAIT, reinterpret_cast<const sockaddr*>(&kernel),
                    sizeof kernel) == static_cast<ssize_t>(sizeof question);
}

/// What is there right now: the kernel answers a dump while it is asked and read, so nothing is waited for.
void readAnswer(int socket, AddressDump& dump)
{
    std::array<char, 32 * 1024> buffer;
    for (int i = 0; i < mostDatagrams && !dump.done && !dump.failed; ++i) {
        sockaddr_nl from{};
        socklen_t size = sizeof from;
        const ssize_t got = ::recvfrom(socket, buffer.data(), buffer.size(), MSG_DONTWAIT | MSG_TRUNC,
                                       reinterpret_cast<sockaddr*>(&from), &size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 || static_cast<std::size_t>(got) > buffer.size()) {
            dump.failed = true;
        } else if (from.nl_pid == 0) { // the kernel
            dump.read(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
        }
    }
}

} // namespace

AddressWatch::AddressWatch(std::string address, std::string interface, const Clock& clock)
    : m_address(std::move(address))
    , m_interface(std::move(interface))
    , m_clock(clock)
{
    connect(&m_resync, &QTimer::timeout, this, &AddressWatch::look);
}

Result<> AddressWatch::start()
{
    if (::inet_pton(AF_INET, m_address.c_str(), &m_wanted) != 1)
        return fail(Code::Validation, m_address + " is no IPv4 address");
    m_notes = routeSocket(RTMGRP_IPV4_IFADDR | RTMGRP_LINK);
    m_asking = routeSocket(0);
    m_names = FileDescriptor(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!m_notes || !m_asking || !m_names)
        return fail(Code::Unknown, std::string("the kernel gives no netlink socket: ") + std::strerror(errno));
    m_notifier = std::make_unique<QSocketNotifier>(m_notes.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &AddressWatch::drainNotes);
    m_resync.start(addressResync);
    if (!look()) return fail(Code::Unknown, "the kernel does not say which addresses there are");
    return {};
}

void AddressWatch::drainNotes()
{
    // What the notes say does not matter, nor that the kernel ran out of room for them (ENOBUFS).
    std::array<char, 8 * 1024> buffer;
    for (int i = 0; i < mostNotes; ++i)
        if (::recv(m_notes.get(), buffer.data(), buffer.size(), MSG_DONTWAIT) < 0 && errno != ENOBUFS) break;
    look();
}

std::optional<std::vector<std::string>> AddressWatch::holders()
{
    for (int attempt = 0; attempt < 3; ++attempt) {
        AddressDump dump;
        dump.sequence = ++m_sequence;
        dump.wanted = m_wanted;
        if (!askForAddresses(m_asking.get(), dump.sequence)) return std::nullopt;
        readAnswer(m_asking.get(), dump);
        if (!dump.done || dump.failed || dump.interrupted) continue;
        std::vector<std::string> names;
        for (const int index : dump.interfaces) {
            std::array<char, IF_NAMESIZE> name{};
            names.emplace_back(::if_indextoname(static_cast<unsigned>(index), name.data())
                                   ? std::string(name.data())
                                   : "interface " + std::to_string(index));
        }
        std::ranges::sort(names);
        return names;
    }
    return std::nullopt;
}

bool AddressWatch::linkUp() const
{
    ifreq request{};
    m_interface.copy(request.ifr_name, IFNAMSIZ - 1);
    if (::ioctl(m_names.get(), SIOCGIFFLAGS, &request) != 0) return false;
    constexpr int both = IFF_UP | IFF_RUNNING;
    return (request.ifr_flags & both) == both;
}

bool AddressWatch::look()
{
    AddressWord next;
    next.askedAt = m_clock.steadyNow();
    auto names = holders();
    if (!names) {
        qCWarning(lcCluster) << "the kernel did not say which addresses there are";
        return false;
    }
    next.interfaces = std::move(*names);
    next.linkUp = linkUp();
    const bool first = !m_word;
    const bool same = !first && m_word->interfaces == next.interfaces && m_word->linkUp == next.linkUp;
    if (!first) next.since = m_word->held() == next.held() ? m_word->since : next.askedAt;
    m_word = next;
    if (!same) Q_EMIT addressChanged(next);
    return true;
}

} // namespace iam::cluster
