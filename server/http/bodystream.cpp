// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/bodystream.h"
#include <utility>

namespace iam::http {

bool BodyStream::write(std::string bytes)
{
    return append(std::move(bytes), false);
}

void BodyStream::end()
{
    append({}, true);
}

bool BodyStream::append(std::string bytes, bool last)
{
    const std::lock_guard lock(m_mutex);
    if (!m_open) return false;
    if (last) m_open = false;
    if (m_sink) {
        m_sink(std::move(bytes), last);
    } else {
        m_waiting += bytes;
        m_ended = last;
    }
    return true;
}

bool BodyStream::isOpen() const
{
    const std::lock_guard lock(m_mutex);
    return m_open;
}

void BodyStream::attach(Sink sink)
{
    const std::lock_guard lock(m_mutex);
    if (!m_open && !m_ended) return; // the connection is gone already
    if (!m_waiting.empty() || m_ended) sink(std::exchange(m_waiting, {}), m_ended);
    m_sink = std::move(sink);
}

void BodyStream::detach()
{
    Sink sink;
    const std::lock_guard lock(m_mutex);
    m_open = false;
    m_sink.swap(sink);
    m_waiting = {};
}

} // namespace iam::http
