// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/eventreader.h"

namespace iam::client {

void EventReader::restart()
{
    m_rest.clear();
    m_type.clear();
    m_data.clear();
    m_hasData = false;
    m_bad = false;
    m_atStart = true;
}

QList<ServerEvent> EventReader::add(const QByteArray& bytes)
{
    QList<ServerEvent> out;
    if (m_bad) return out;
    m_rest += bytes;
    if (m_atStart) {
        const QByteArray mark = QByteArrayLiteral("\xEF\xBB\xBF");
        if (m_rest.size() < mark.size() && mark.startsWith(m_rest)) return out;
        if (m_rest.startsWith(mark)) m_rest.remove(0, mark.size());
        m_atStart = false;
    }
    qsizetype begin = 0;
    while (true) {
        qsizetype end = begin;
        while (end < m_rest.size() && m_rest[end] != '\n' && m_rest[end] != '\r') ++end;
        if (end == m_rest.size()) break;
        // A line feed may still follow a carriage return.
        if (m_rest[end] == '\r' && end + 1 == m_rest.size()) break;
        takeLine(m_rest.mid(begin, end - begin), out);
        begin = end + (m_rest[end] == '\r' && m_rest[end + 1] == '\n' ? 2 : 1);
    }
    m_rest.remove(0, begin);
    if (m_rest.size() + m_data.size() > mostBytes) {
        m_bad = true;
        m_rest.clear();
        m_data.clear();
    }
    return out;
}

void EventReader::takeLine(const QByteArray& line, QList<ServerEvent>& out)
{
    if (line.isEmpty()) {
        if (m_hasData) {
            m_data.chop(1);
            out.append({m_id, m_type.isEmpty() ? QByteArrayLiteral("message") : m_type, m_data});
        }
        m_data.clear();
        m_type.clear();
        m_hasData = false;
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0) return; // a comment, which keeps the connection open
    const QByteArray field = colon < 0 ? line : line.left(colon);
    QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
    if (value.startsWith(' ')) value.remove(0, 1);
    if (field == "data") {
        m_data += value + '\n';
        m_hasData = true;
    } else if (field == "event") {
        m_type = value;
    } else if (field == "id" && !value.contains('\0')) {
        m_id = value;
    }
}

} // namespace iam::client
