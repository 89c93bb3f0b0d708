// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/gatewaycheck.h"
#include <QRandomGenerator>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>
#include <utility>

namespace iam::cluster {
namespace {

constexpr int gatewayRise = 2;
constexpr int gatewayFall = 3;
constexpr std::chrono::milliseconds echoPeriod{1000};
constexpr std::chrono::milliseconds echoTimeout{500};
constexpr std::chrono::milliseconds echoPatience{5};
constexpr int mostAnswers = 1024; ///< more than may wait; a raw socket hears everybody's

struct Echo {
    icmphdr head;
    std::uint64_t token;
};

/// RFC 1071.
std::uint16_t checksum(const Echo& echo)
{
    std::array<std::uint16_t, sizeof(Echo) / 2> words;
    std::memcpy(words.data(), &echo, sizeof echo);
    std::uint32_t sum = 0;
    for (const std::uint16_t word : words) sum += word;
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

} // namespace

GatewayCheck::GatewayCheck(std::string gateway, const Clock& clock)
    : m_gateway(std::move(gateway))
    , m_clock(clock)
    , m_opinion(gatewayRise, gatewayFall)
{
    m_timeout.setSingleShot(true);
    m_timeout.setTimerType(Qt::PreciseTimer);
    connect(&m_period, &QTimer::timeout, this, &GatewayCheck::ask);
    connect(&m_timeout, &QTimer::timeout, this, &GatewayCheck::timeOut);
}

Result<> GatewayCheck::start()
{
    constexpr int flags = SOCK_CLOEXEC | SOCK_NONBLOCK;
    m_socket = FileDescriptor(::socket(AF_INET, SOCK_DGRAM | flags, IPPROTO_ICMP));
    if (!m_socket) {
        m_raw = true;
        m_socket = FileDescriptor(::socket(AF_INET, SOCK_RAW | flags, IPPROTO_ICMP));
    }
    if (!m_socket)
        return fail(Code::PermissionDenied,
                    std::string("this process may not ping the gateway: ") + std::strerror(errno));
    m_period.start(echoPeriod);
    ask();
    return {};
}

void GatewayCheck::ask()
{
    sockaddr_in to{};
    to.sin_family = AF_INET;
    if (::inet_pton(AF_INET, m_gateway.c_str(), &to.sin_addr) != 1) return;
    Echo echo{};
    echo.head.type = ICMP_ECHO;
    echo.head.un.echo.sequence = htons(++m_sequence);
    static_cast<void>(heardAnswer()); // makes room: what waits is nobody's answer any more
    m_token = QRandomGenerator::system()->generate64();
    echo.token = m_token;
    if (m_raw) echo.head.checksum = checksum(echo); // a ping socket sets it and the identifier
    m_askedAt = m_clock.steadyNow();
    m_patient = true;
    m_timeout.start(echoPatience);
    const ssize_t sent = ::sendto(m_socket.get(), &echo, sizeof echo, MSG_DONTWAIT | MSG_NOSIGNAL,
                                  reinterpret_cast<const sockaddr*>(&to), sizeof to);
    if (sent == static_cast<ssize_t>(sizeof echo)) return;
    const bool ours = errno == EPERM || errno == EACCES || errno == EAGAIN || errno == ENOBUFS;
    if (ours)
        m_timeout.stop();
    else
        conclude(false, std::strerror(errno)); // "Network is unreachable": no way to it is no answer from it
}

bool GatewayCheck::heardAnswer()
{
    std::array<char, 512> buffer;
    for (int i = 0; i < mostAnswers; ++i) {
        sockaddr_in from{};
        socklen_t size = sizeof from;
        const ssize_t got = ::recvfrom(m_socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                                       reinterpret_cast<sockaddr*>(&from), &size);
        if (got < 0) {
            if (errno == EAGAIN) return false;
            continue; // an error of an earlier question
        }
        std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
        if (m_raw)
            bytes.remove_prefix(
                std::min<std::size_t>((static_cast<unsigned char>(buffer[0]) & 0xfU) * 4, bytes.size()));
        Echo echo{};
        std::array<char, INET_ADDRSTRLEN> text{};
        if (bytes.size() < sizeof echo || !::inet_ntop(AF_INET, &from.sin_addr, text.data(), text.size())) continue;
        std::memcpy(&echo, bytes.data(), sizeof echo);
        if (echo.head.type == ICMP_ECHOREPLY && echo.token == m_token && m_gateway == text.data()) return true;
    }
    return false;
}

void GatewayCheck::timeOut()
{
    if (heardAnswer()) return conclude(true, {});
    if (std::exchange(m_patient, false)) return m_timeout.start(echoTimeout - echoPatience);
    // When this process itself was held up, the answer may have come and gone.
    if (m_clock.steadyNow() - m_askedAt > 3 * echoTimeout) return;
    conclude(false, "no answer within " + std::to_string(echoTimeout.count()) + " ms");
}

void GatewayCheck::conclude(bool good, const std::string& reason)
{
    m_timeout.stop();
    m_token = 0;
    if (m_opinion.take(good, m_askedAt, reason)) Q_EMIT answerChanged(*m_opinion.word());
}

} // namespace iam::cluster
