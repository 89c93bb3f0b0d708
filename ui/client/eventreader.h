// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QList>

namespace iam::client {

struct ServerEvent {
    QByteArray id;   ///< the last one that was set, also by an event before
    QByteArray type; ///< "message" when none was given
    QByteArray data;
    bool operator==(const ServerEvent&) const = default;
};

/// Reads text/event-stream (HTML standard, "Server-sent events") as it comes. An event of more than mostBytes makes the
/// stream bad: nothing is read any more.
class EventReader {
public:
    static constexpr qsizetype mostBytes = 256 << 10;

    /// The events that are complete with these bytes.
    [[nodiscard]] QList<ServerEvent> add(const QByteArray& bytes);
    [[nodiscard]] bool bad() const noexcept { return m_bad; }
    [[nodiscard]] const QByteArray& lastId() const noexcept { return m_id; }
    /// A new connection: what was begun is dropped, the last id stays.
    void restart();

private:
    void takeLine(const QByteArray& line, QList<ServerEvent>& out);

    QByteArray m_rest;
    QByteArray m_id;
    QByteArray m_type;
    QByteArray m_data;
    bool m_hasData = false;
    bool m_bad = false;
    bool m_atStart = true;
};

} // namespace iam::client
