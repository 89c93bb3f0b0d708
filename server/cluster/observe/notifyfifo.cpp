// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/notifyfifo.h"
#include "base/logging.h"
#include <QPointer>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

namespace iam::cluster {
namespace {

constexpr std::chrono::milliseconds fifoResync{1000};
constexpr int toldPerPeriod = 200;
constexpr std::size_t mostAtOnce = 16 * 1024; ///< bytes; the rest wakes us again

} // namespace

struct NotifyFifo::Pipe {
    FileDescriptor descriptor;
    struct ::stat identity {};
    NotifyLines lines;
    std::unique_ptr<QSocketNotifier> notifier;
};

NotifyFifo::NotifyFifo(std::string path, const Clock& clock)
    : m_path(std::move(path))
    , m_clock(clock)
{
    connect(&m_resync, &QTimer::timeout, this, &NotifyFifo::lookAfterPath);
}

NotifyFifo::~NotifyFifo() = default;

Result<> NotifyFifo::start()
{
    if (auto done = open(); !done) return done;
    m_resync.start(fifoResync);
    const QPointer<NotifyFifo> alive(this);
    drain();
    if (alive) m_listening = true;
    return {};
}

Result<> NotifyFifo::open()
{
    const auto failed = [this](const char* what) { return fail(Code::Unknown, m_path + what + std::strerror(errno)); };
    if (::mkfifo(m_path.c_str(), 0600) != 0 && errno != EEXIST) return failed(" cannot be made: ");
    auto pipe = std::make_unique<Pipe>();
    pipe->descriptor = FileDescriptor(::open(m_path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
    if (!pipe->descriptor || ::fstat(pipe->descriptor.get(), &pipe->identity) != 0)
        return failed(" cannot be opened: ");
    if (!S_ISFIFO(pipe->identity.st_mode)) return fail(Code::Unknown, m_path + " is no FIFO");
    pipe->notifier = std::make_unique<QSocketNotifier>(pipe->descriptor.get(), QSocketNotifier::Read);
    connect(pipe->notifier.get(), &QSocketNotifier::activated, this, &NotifyFifo::drain);
    m_pipes.push_back(std::move(pipe));
    if (m_pipes.size() > 2) m_pipes.erase(m_pipes.begin());
    return {};
}

void NotifyFifo::lookAfterPath()
{
    m_told = 0;
    struct ::stat now {};
    const auto& known = m_pipes.back()->identity;
    const bool there = ::lstat(m_path.c_str(), &now) == 0;
    if (!there || now.st_ino != known.st_ino || now.st_dev != known.st_dev) {
        const auto done = open();
        if (!done && !m_complained) qCWarning(lcCluster).noquote() << QString::fromStdString(done.error().detail);
        m_complained = !done.has_value();
    }
    if (auto last = std::exchange(m_untold, std::nullopt)) {
        const QPointer<NotifyFifo> alive(this);
        Q_EMIT lineRead(*last);
        if (!alive) return;
    }
    drain();
}

void NotifyFifo::drain()
{
    for (std::size_t i = 0; i < m_pipes.size(); ++i)
        if (!read(*m_pipes[i])) return;
}

/// False when somebody who was told destroyed this.
bool NotifyFifo::read(Pipe& pipe)
{
    const QPointer<NotifyFifo> alive(this);
    std::array<char, 4096> buffer;
    for (std::size_t sum = 0; sum < mostAtOnce;) {
        const ssize_t got = ::read(pipe.descriptor.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        sum += static_cast<std::size_t>(got);
        std::vector<std::string> lines;
        const std::size_t before = pipe.lines.tooLong();
        pipe.lines.take(std::string_view(buffer.data(), static_cast<std::size_t>(got)),
                        [&](std::string_view line) { lines.emplace_back(line); });
        m_unknown += pipe.lines.tooLong() - before;
        for (const std::string& line : lines) {
            hear(line);
            if (!alive) return false;
        }
    }
    return true;
}

void NotifyFifo::hear(std::string_view text)
{
    auto line = readNotifyLine(text);
    if (!line) {
        ++m_unknown;
        return;
    }
    NotifyNote note{m_clock.steadyNow(), std::move(*line), !m_listening};
    if (m_told >= toldPerPeriod) {
        m_skipped += m_untold ? 1 : 0;
        m_untold = std::move(note);
        return;
    }
    ++m_told;
    Q_EMIT lineRead(note);
}

} // namespace iam::cluster
