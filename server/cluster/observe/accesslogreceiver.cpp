// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/accesslogreceiver.h"
#include "base/logging.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace iam::cluster {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t batchSize = 64;
constexpr std::size_t longestLogLine = 1024;
constexpr std::size_t mostBatches = 64; ///< in one go
constexpr std::size_t roomToGather = 128;
constexpr milliseconds longestPatience{100};
constexpr milliseconds socketResync{2000};
constexpr int wantedBuffer = 4 * 1024 * 1024;

std::size_t roomForDatagrams()
{
    std::ifstream file("/proc/sys/net/unix/max_dgram_qlen");
    std::size_t room = 0;
    return file >> room ? room : 10;
}

bool toAddress(const std::string& path, sockaddr_un& address)
{
    address = {};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) return false;
    path.copy(address.sun_path, path.size());
    return true;
}

/// Whether somebody receives what is sent to that socket.
bool someoneListens(const sockaddr_un& address)
{
    const FileDescriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    return socket && ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

} // namespace

struct AccessLogReceiver::Batch {
    std::array<std::array<char, longestLogLine>, batchSize> buffers;
    std::array<iovec, batchSize> pieces;
    std::array<mmsghdr, batchSize> messages;
};

AccessLogReceiver::AccessLogReceiver(std::string path, const Clock& clock)
    : m_path(std::move(path))
    , m_clock(clock)
    , m_batch(std::make_unique<Batch>())
{
    for (std::size_t i = 0; i < batchSize; ++i) {
        m_batch->pieces[i] = {m_batch->buffers[i].data(), longestLogLine};
        m_batch->messages[i] = {};
        m_batch->messages[i].msg_hdr.msg_iov = &m_batch->pieces[i];
        m_batch->messages[i].msg_hdr.msg_iovlen = 1;
    }
    m_gather.setSingleShot(true);
    m_gather.setTimerType(Qt::PreciseTimer);
    connect(&m_gather, &QTimer::timeout, this, &AccessLogReceiver::readOn);
    connect(&m_resync, &QTimer::timeout, this, &AccessLogReceiver::lookAfterPath);
}

AccessLogReceiver::~AccessLogReceiver()
{
    struct ::stat now {};
    if (m_socket && ::lstat(m_path.c_str(), &now) == 0 && now.st_ino == m_inode) ::unlink(m_path.c_str());
}

Result<> AccessLogReceiver::start()
{
    if (auto done = open(); !done) return done;
    m_resync.start(socketResync);
    return {};
}

Result<> AccessLogReceiver::open()
{
    sockaddr_un address{};
    if (!toAddress(m_path, address)) return fail(Code::Validation, m_path + " is too long for the path of a socket");
    struct ::stat now {};
    if (::lstat(m_path.c_str(), &now) == 0) {
        if (!S_ISSOCK(now.st_mode)) return fail(Code::Unknown, m_path + " is in the way: it is no socket");
        if (someoneListens(address)) return fail(Code::Unknown, m_path + " is in use by another process");
        ::unlink(m_path.c_str());
    }
    FileDescriptor made(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // Allowed for everybody before anybody can find it under its name.
    if (!made || ::bind(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::chmod(m_path.c_str(), 0666) != 0 || ::lstat(m_path.c_str(), &now) != 0)
        return fail(Code::Unknown, m_path + " cannot be made: " + std::strerror(errno));
    // Beyond the system's limit only with CAP_NET_ADMIN; the number of lines is bounded besides.
    if (::setsockopt(made.get(), SOL_SOCKET, SO_RCVBUFFORCE, &wantedBuffer, sizeof wantedBuffer) != 0)
        ::setsockopt(made.get(), SOL_SOCKET, SO_RCVBUF, &wantedBuffer, sizeof wantedBuffer);
    m_inode = now.st_ino;
    m_room = roomForDatagrams();
    m_notifier = std::make_unique<QSocketNotifier>(made.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &AccessLogReceiver::readOn);
    m_socket = std::move(made);
    return {};
}

/// Nobody finds a socket whose name is gone.
void AccessLogReceiver::lookAfterPath()
{
    struct ::stat now {};
    if (::lstat(m_path.c_str(), &now) == 0 && now.st_ino == m_inode) return;
    drain();
    const auto done = open();
    if (!done && !m_complained) qCWarning(lcCluster).noquote() << QString::fromStdString(done.error().detail);
    m_complained = !done.has_value();
}

void AccessLogReceiver::drain()
{
    std::size_t sum = 0;
    const SteadyTime now = m_clock.steadyNow();
    AccessLogLine line;
    for (std::size_t i = 0; i < mostBatches && m_socket; ++i) {
        const int got = ::recvmmsg(m_socket.get(), m_batch->messages.data(), batchSize, MSG_DONTWAIT, nullptr);
        if (got <= 0) break;
        for (std::size_t at = 0; at < static_cast<std::size_t>(got); ++at) {
            const mmsghdr& message = m_batch->messages[at];
            const std::string_view text(m_batch->buffers[at].data(), message.msg_len);
            if ((message.msg_hdr.msg_flags & MSG_TRUNC) == 0 && readAccessLogLine(text, line))
                m_tally.count(line, now);
            else
                ++m_unreadable;
        }
        sum += static_cast<std::size_t>(got);
        if (static_cast<std::size_t>(got) < batchSize) break;
    }
    m_lines += sum;
    if (sum > m_room && ++m_timesFull == 1)
        qCWarning(lcCluster) << "lines of nginx' access log may be lost: only" << m_room
                             << "may wait (net.unix.max_dgram_qlen)";
    // A quarter of the room is what may gather; the other three are for bursts.
    if (sum > m_room / 4)
        m_patience = std::max(m_patience / 2, milliseconds(1));
    else if (sum < m_room / 16)
        m_patience = std::min(m_patience * 2, longestPatience);
}

/// The first line wakes us; then they gather from one timer to the next, until none came.
void AccessLogReceiver::readOn()
{
    const std::uint64_t before = m_lines;
    drain();
    if (m_room < roomToGather) return;
    const bool came = m_lines > before;
    m_notifier->setEnabled(!came);
    if (came) m_gather.start(m_patience);
}

} // namespace iam::cluster
