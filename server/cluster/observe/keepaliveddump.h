// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "cluster/observe/keepalivedprocess.h"
#include "cluster/observe/words.h"
#include <QObject>
#include <QTimer>
#include <string_view>

namespace iam::cluster {

/// Asks a running keepalived, by a signal, to write down its state (keepalived.json in its TMPDIR), where this process
/// may send the signal and read the file. Only a file that changed after the question counts.
class KeepalivedDump : public QObject {
    Q_OBJECT
public:
    /// `instance`: the VRRP instance that is told. `clock` outlives this.
    KeepalivedDump(std::string folder, std::string instance, std::string procFolder, const Clock& clock);

    /// Asks that process; nothing happens while a question is open, or when it may not be asked.
    void ask(const ProcessIdentity& process);

Q_SIGNALS:
    void stateRead(const iam::cluster::KeepalivedState& state);
    /// A process that has answered before does not answer within a second.
    void missed(iam::cluster::SteadyTime askedAt);

private:
    struct Generation {
        std::uint64_t inode = 0;
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        std::int64_t size = 0;
        bool operator==(const Generation&) const = default;
    };
    [[nodiscard]] std::optional<Generation> generation() const;
    void lookForAnswer();
    void complain(const std::string& sentence);

    const std::string m_path;
    const std::string m_instance;
    const std::string m_procFolder;
    const Clock& m_clock;
    QTimer m_poll;
    int m_polls = 0;
    ProcessIdentity m_asked;
    ProcessIdentity m_answered;
    SteadyTime m_askedAt{};
    std::optional<Generation> m_before;
    bool m_complained = false;
};

/// Reads the state of one instance. Nothing when it is no such dump, or not whole, or the instance is not in it.
[[nodiscard]] std::optional<KeepalivedState> readKeepalivedDump(std::string_view json, const std::string& instance);

} // namespace iam::cluster
