// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "client/eventreader.h"
#include <QPointer>
#include <QTimer>

namespace iam::client {

/// Server-Sent Events of one path, again and again: after an end or a failure it asks anew, after half a second at
/// first, then twice as long up to 15 s, saying which event was the last. A connection that says nothing for half a
/// minute counts as ended (servers send a comment more often).
class EventStream : public QObject {
    Q_OBJECT
public:
    EventStream(ApiClient& api, std::string path, QObject* parent = nullptr);
    ~EventStream() override;

    /// Where to go when the base URL does not answer; asked one after the other.
    void setRoads(std::vector<Road> roads);
    void start();
    void stop();
    [[nodiscard]] bool connected() const noexcept { return m_connected; }

Q_SIGNALS:
    void received(const iam::client::ServerEvent& event);
    void connectedChanged(bool connected);

private:
    void connectNow();
    void read();
    void ended();
    void setConnected(bool connected);
    void drop();

    ApiClient& m_api;
    std::string m_path;
    std::vector<Road> m_roads;
    std::size_t m_next = 0; // 0: the base URL, else m_roads[m_next - 1]
    EventReader m_reader;
    QPointer<QNetworkReply> m_reply;
    QTimer m_retry;
    QTimer m_silence;
    std::chrono::milliseconds m_wait;
    bool m_running = false;
    bool m_connected = false;
};

} // namespace iam::client
