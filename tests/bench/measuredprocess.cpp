// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "measuredprocess.h"
#include <QFile>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace iam::bench {

namespace {

volatile std::sig_atomic_t caught = 0;

QByteArray readFile(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ProcessCost costOfOne(const QString& process)
{
    ProcessCost cost;
    // Behind the program's name in brackets: state is the first field, user and system time the 12th and 13th.
    const QByteArray stat = readFile(QStringLiteral("/proc/%1/stat").arg(process));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.size() > 12)
        cost.cpuSeconds = (fields[11].toDouble() + fields[12].toDouble()) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    const QList<QByteArray> pages = readFile(QStringLiteral("/proc/%1/statm").arg(process)).split(' ');
    if (pages.size() > 1)
        cost.rssMib = pages[1].toDouble() * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
    return cost;
}

} // namespace

MeasuredProcess::~MeasuredProcess()
{
    if (m_process.state() == QProcess::NotRunning) return;
    m_process.terminate();
    if (m_process.waitForFinished(5'000)) return;
    m_process.kill();
    m_process.waitForFinished(5'000);
}

bool MeasuredProcess::start(const QString& program, const QStringList& arguments, const QString& logFile)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(logFile);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_process.start(program, arguments);
    return m_process.waitForStarted(10'000);
}

ProcessCost costOf(qint64 process)
{
    const QString number = QString::number(process);
    ProcessCost all = costOfOne(number);
    for (const QByteArray& child :
         readFile(QStringLiteral("/proc/%1/task/%1/children").arg(number)).simplified().split(' ')) {
        if (child.isEmpty()) continue;
        const ProcessCost cost = costOfOne(QString::fromLatin1(child));
        all.cpuSeconds += cost.cpuSeconds;
        all.rssMib += cost.rssMib;
    }
    return all;
}

bool interrupted()
{
    return caught != 0;
}

void catchSignals()
{
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, [](int) { caught = 1; });
    std::signal(SIGPIPE, SIG_IGN);
}

} // namespace iam::bench
