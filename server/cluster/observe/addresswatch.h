// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/filedescriptor.h"
#include "base/result.h"
#include "cluster/observe/words.h"
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

namespace iam::cluster {

/// Which interfaces of this machine have an IPv4 address. The kernel's notes (rtnetlink(7), addresses and links) only
/// say when to look; what is believed is always a whole dump, which costs some tens of microseconds. Looks also every
/// half second, so that no lost note matters.
class AddressWatch : public QObject {
    Q_OBJECT
public:
    /// `interface`: whose link is told as well. `clock` outlives this.
    AddressWatch(std::string address, std::string interface, const Clock& clock);

    /// Fails when the address is not IPv4 or the kernel gives no netlink socket. Looks at once.
    Result<> start();
    /// Asks the kernel now. False: it did not say.
    bool look();
    /// The newest; empty before start().
    [[nodiscard]] const std::optional<AddressWord>& word() const noexcept { return m_word; }

Q_SIGNALS:
    /// The first word, and every one that differs from the one before in more than its time.
    void addressChanged(const iam::cluster::AddressWord& word);

private:
    void drainNotes();
    [[nodiscard]] std::optional<std::vector<std::string>> holders();
    [[nodiscard]] bool linkUp() const;

    const std::string m_address;
    const std::string m_interface;
    const Clock& m_clock;
    std::uint32_t m_wanted = 0;
    std::uint32_t m_sequence = 0;
    FileDescriptor m_notes;
    FileDescriptor m_asking;
    FileDescriptor m_names; ///< for the ioctls of netdevice(7)
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_resync;
    std::optional<AddressWord> m_word;
};

} // namespace iam::cluster
