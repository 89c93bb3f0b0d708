// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProcess>
#include <QString>
#include <QStringList>

namespace iam::bench {

/// A program that dies with this one, whatever ends it; its output goes to a file.
class MeasuredProcess {
public:
    MeasuredProcess() = default;
    /// SIGTERM, and SIGKILL after five seconds.
    ~MeasuredProcess();

    bool start(const QString& program, const QStringList& arguments, const QString& logFile);
    [[nodiscard]] qint64 id() const { return m_process.processId(); }
    [[nodiscard]] bool runs() const { return m_process.state() == QProcess::Running; }

private:
    QProcess m_process;
};

/// Of a process and its children.
struct ProcessCost {
    double cpuSeconds = 0; ///< user and system, since its start
    double rssMib = 0;
};
[[nodiscard]] ProcessCost costOf(qint64 process);

/// Set by SIGINT, SIGTERM and SIGHUP once catchSignals() was called: then everything ends in order.
[[nodiscard]] bool interrupted();
void catchSignals();

} // namespace iam::bench
