// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/tcpstream.h"
#include <cerrno>
#include <cstring>
#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace iam::records {

namespace {

using std::chrono::steady_clock;

constexpr std::size_t readAtOnce = 4096;
constexpr int mostReads = 16;

} // namespace

Result<std::unique_ptr<TcpStream>> TcpStream::open(const NetworkPlace& place, Deadline until)
{
    auto socket = connectTo(place, SOCK_STREAM, until);
    if (!socket) return fail(socket);
    return std::unique_ptr<TcpStream>(new TcpStream(std::move(*socket), place.text()));
}

tl::unexpected<Error> TcpStream::broken(const std::string& why) const
{
    return fail(Code::StorageUnavailable, "the connection to " + m_name + " broke: " + why);
}

Result<> TcpStream::write(std::string_view bytes, Deadline until)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        if (errno == EINTR) continue;
        if (errno != EAGAIN) return broken(std::strerror(errno));
        if (auto ready = waitFor(m_socket.get(), POLLOUT, until); !ready) return broken(ready.error().detail);
    }
    return {};
}

Result<bool> TcpStream::isAcknowledged()
{
    int waiting = 0;
    if (::ioctl(m_socket.get(), SIOCOUTQ, &waiting) != 0) return broken(std::strerror(errno));
    return waiting == 0;
}

Result<> TcpStream::check()
{
    for (int i = 0; i < mostReads; ++i) { // one that never stops talking does not keep us here
        const auto got = read(readAtOnce, {});
        if (!got) return fail(got);
        if (got->empty()) break;
    }
    return {};
}

Result<std::string> TcpStream::read(std::size_t most, Deadline until)
{
    std::string bytes(most, '\0');
    for (;;) {
        const ssize_t got = ::recv(m_socket.get(), bytes.data(), bytes.size(), 0);
        if (got > 0) {
            bytes.resize(static_cast<std::size_t>(got));
            return bytes;
        }
        if (got == 0) return broken("the other side closed it");
        if (errno == EINTR) continue;
        if (errno != EAGAIN) return broken(std::strerror(errno));
        if (until <= steady_clock::now()) return std::string();
        if (auto ready = waitFor(m_socket.get(), POLLIN, until); !ready) return broken(ready.error().detail);
    }
}

} // namespace iam::records
