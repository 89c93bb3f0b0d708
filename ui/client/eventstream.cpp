// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/eventstream.h"
#include "base/logging.h"
#include <QNetworkReply>
#include <algorithm>

namespace iam::client {

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds firstWait = 500ms;
constexpr std::chrono::milliseconds longestWait = 15s;
constexpr std::chrono::milliseconds silence = 30s;
constexpr std::chrono::milliseconds connectTime = 5s;
} // namespace

EventStream::EventStream(ApiClient& api, std::string path, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_path(std::move(path))
    , m_wait(firstWait)
{
    m_retry.setSingleShot(true);
    m_silence.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &EventStream::connectNow);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        if (m_reply) m_reply->abort(); // finishes, which counts as an end
    });
    connect(&m_api, &ApiClient::sessionChanged, this, [this] {
        if (m_running && !m_connected) m_retry.start(0ms);
    });
}

EventStream::~EventStream()
{
    drop();
}

void EventStream::setRoads(std::vector<Road> roads)
{
    m_roads = std::move(roads);
}

void EventStream::start()
{
    if (std::exchange(m_running, true)) return;
    m_wait = firstWait;
    m_next = 0;
    connectNow();
}

void EventStream::stop()
{
    m_running = false;
    m_retry.stop();
    drop();
    setConnected(false);
}

void EventStream::drop()
{
    m_silence.stop();
    if (!m_reply) return;
    QNetworkReply* reply = m_reply;
    m_reply.clear();
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void EventStream::connectNow()
{
    drop();
    m_reader.restart();
    if (m_next > m_roads.size()) m_next = 0;
    ApiRequest request{.path = m_path};
    if (m_next > 0) request.road = m_roads[m_next - 1];
    request.accept = "text/event-stream";
    if (!m_reader.lastId().isEmpty()) request.lastEventId = m_reader.lastId().toStdString();
    m_reply = m_api.open(request);
    if (!m_reply) return ended();
    m_silence.start(connectTime);
    connect(m_reply, &QNetworkReply::readyRead, this, &EventStream::read);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &EventStream::read);
    connect(m_reply, &QNetworkReply::finished, this, &EventStream::ended);
}

void EventStream::read()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString type = m_reply->header(QNetworkRequest::ContentTypeHeader).toString();
    if (status != 200 || !type.startsWith(u"text/event-stream")) return;
    m_silence.start(silence);
    m_wait = firstWait;
    setConnected(true);
    QPointer<QNetworkReply> reply = m_reply;
    const QList<ServerEvent> events = m_reader.add(m_reply->readAll());
    for (const ServerEvent& event : events) {
        Q_EMIT received(event);
        if (!reply || m_reply != reply) return; // stopped meanwhile
    }
    if (m_reader.bad()) {
        qCWarning(lcClient, "%s: an event is too large", m_path.c_str());
        m_reply->abort();
    }
}

void EventStream::ended()
{
    drop();
    setConnected(false);
    if (!m_running) return;
    m_next = m_next + 1 > m_roads.size() ? 0 : m_next + 1;
    m_retry.start(m_wait);
    m_wait = std::min(m_wait * 2, longestWait);
}

void EventStream::setConnected(bool connected)
{
    if (std::exchange(m_connected, connected) != connected) Q_EMIT connectedChanged(connected);
}

} // namespace iam::client
