// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/networkplace.h"
#include "base/configvalue.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <vector>

namespace iam::records {

namespace {

using std::chrono::steady_clock;

tl::unexpected<Error> unreachable(const std::string& why)
{
    return fail(Code::StorageUnavailable, why);
}

Result<FileDescriptor> connectToOne(const addrinfo& address, Deadline until)
{
    FileDescriptor socket(
        ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address.ai_protocol));
    if (!socket) return unreachable(std::strerror(errno));
    if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) == 0) return socket;
    if (errno != EINPROGRESS) return unreachable(std::strerror(errno));
    if (auto ready = waitFor(socket.get(), POLLOUT, until); !ready) return fail(ready);
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    if (error != 0) return unreachable(std::strerror(error));
    return socket;
}

} // namespace

std::string NetworkPlace::text() const
{
    return (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + std::to_string(port);
}

std::optional<NetworkPlace> NetworkPlace::parse(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return {};
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']') && host.find(':') != std::string_view::npos)
        host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string_view::npos)
        return {};
    const auto port = parseInteger(text.substr(colon + 1));
    if (host.empty() || host.find_first_of(" /@[]") != std::string_view::npos || !port || *port < 1 || *port > 65535)
        return {};
    return NetworkPlace{std::string(host), static_cast<std::uint16_t>(*port)};
}

Result<> waitFor(int socket, short events, Deadline until)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now()).count();
        pollfd wanted{socket, events, 0};
        const int ready = ::poll(&wanted, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000)));
        if (ready > 0) return {};
        if (ready < 0 && errno != EINTR) return unreachable(std::strerror(errno));
        if (steady_clock::now() >= until) return unreachable("no answer in time");
    }
}

Result<FileDescriptor> connectTo(const NetworkPlace& place, int type, Deadline until, std::size_t first)
{
    addrinfo wanted{};
    wanted.ai_socktype = type;
    wanted.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(place.host.c_str(), std::to_string(place.port).c_str(), &wanted, &found);
        error != 0)
        return unreachable(place.text() + ": " + ::gai_strerror(error));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
    std::vector<const addrinfo*> addresses;
    for (const addrinfo* address = found; address != nullptr; address = address->ai_next) addresses.push_back(address);
    std::string why;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        auto socket = connectToOne(*addresses[(first + i) % addresses.size()], until);
        if (socket) return socket;
        why = socket.error().detail;
    }
    return unreachable(place.text() + " cannot be reached: " + why);
}

} // namespace iam::records
