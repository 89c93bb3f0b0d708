// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/filedescriptor.h"
#include "base/result.h"
#include "cluster/observe/notifyline.h"
#include "cluster/observe/words.h"
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>
#include <memory>
#include <vector>

namespace iam::cluster {

/// One line, and when it was taken out of the FIFO.
struct NotifyNote {
    SteadyTime at{};
    NotifyLine line;
    bool waited = false; ///< it lay there before this began to listen: nobody knows since when
};

/// Reads keepalived's notify FIFO. It is opened for reading and writing, so that it does not end when keepalived does;
/// made when it is missing. When another takes its place, both are read: keepalived goes on writing to the one that it
/// opened. A flood is bounded: at most 200 lines a second are told one by one, of the rest only the last.
class NotifyFifo : public QObject {
    Q_OBJECT
public:
    /// `clock` outlives this.
    NotifyFifo(std::string path, const Clock& clock);
    ~NotifyFifo() override;

    /// Fails when there is something else at the path, or it cannot be made or opened. Reads what lies there.
    Result<> start();
    /// Reads what is there right now.
    void drain();

    /// Lines that were none of keepalived's, or too long.
    [[nodiscard]] std::size_t unknownLines() const noexcept { return m_unknown; }
    /// Lines not told because there were too many.
    [[nodiscard]] std::size_t skippedLines() const noexcept { return m_skipped; }

Q_SIGNALS:
    void lineRead(const iam::cluster::NotifyNote& note);

private:
    struct Pipe;
    Result<> open();
    void lookAfterPath();
    bool read(Pipe& pipe);
    void hear(std::string_view text);

    const std::string m_path;
    const Clock& m_clock;
    std::vector<std::unique_ptr<Pipe>> m_pipes; ///< the newest is the last; two at most
    QTimer m_resync;
    bool m_listening = false;
    bool m_complained = false;
    std::size_t m_unknown = 0;
    std::size_t m_skipped = 0;
    int m_told = 0; ///< within this second
    std::optional<NotifyNote> m_untold;
};

} // namespace iam::cluster
