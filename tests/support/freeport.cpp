// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/freeport.h"
#include <chrono>
#include <fstream>
#include <netinet/in.h>
#include <random>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace iam::test {

namespace {

sockaddr_in here(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// ip(7): ip_local_port_range
int lowestGivenOut()
{
    int lowest = 0;
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> lowest;
    return lowest > 20'000 ? lowest : 32'768;
}

bool takesConnections(std::uint16_t port)
{
    const sockaddr_in address = here(port);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool taken = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return taken;
}

} // namespace

std::uint16_t freePort()
{
    static thread_local std::mt19937 dice{std::random_device{}()};
    std::uniform_int_distribution<int> ports(10'240, lowestGivenOut() - 1);
    for (int attempt = 0; attempt < 200; ++attempt) {
        const sockaddr_in address = here(static_cast<std::uint16_t>(ports(dice)));
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(socket);
        if (bound) return ntohs(address.sin_port);
    }
    return 0;
}

bool waitForPort(std::uint16_t port, const std::function<bool()>& givenUp)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < end && !(givenUp && givenUp())) {
        if (takesConnections(port)) return true;
        // Nothing tells from outside when a program listens: it is tried again.
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

} // namespace iam::test
