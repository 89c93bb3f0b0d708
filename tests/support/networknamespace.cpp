// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/networknamespace.h"
#include <QProcess>
#include <fcntl.h>
#include <sched.h>
#include <thread>
#include <unistd.h>

namespace iam::test {

NetworkNamespace::NetworkNamespace()
{
    // A thread of its own, so that the caller's stays where it is.
    std::thread([this] {
        if (::unshare(CLONE_NEWNET) == 0) m_descriptor = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    }).join();
    if (exists() && !ip(QStringLiteral("link set lo up"))) {
        ::close(m_descriptor);
        m_descriptor = -1;
    }
}

NetworkNamespace::~NetworkNamespace()
{
    if (exists()) ::close(m_descriptor);
}

NetworkNamespace::Inside::Inside(const NetworkNamespace& network)
    : m_before(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC))
{
    if (::setns(network.m_descriptor, CLONE_NEWNET) != 0) qFatal("the network of a test cannot be entered");
}

NetworkNamespace::Inside::~Inside()
{
    if (::setns(m_before, CLONE_NEWNET) != 0) qFatal("the network of a test cannot be left");
    ::close(m_before);
}

bool NetworkNamespace::ip(const QString& words) const
{
    const Inside inside(*this);
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QStringLiteral("ip"), words.split(u' ', Qt::SkipEmptyParts));
    return program.waitForFinished(10'000) && program.exitStatus() == QProcess::NormalExit && program.exitCode() == 0;
}

bool NetworkNamespace::connectTo(const NetworkNamespace& other, const QString& ourInterface,
                                 const QString& itsInterface) const
{
    return ip(QStringLiteral("link add %1 type veth peer name %2 netns /proc/%3/fd/%4")
                  .arg(ourInterface, itsInterface)
                  .arg(::getpid())
                  .arg(other.m_descriptor));
}

} // namespace iam::test
