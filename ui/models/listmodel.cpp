// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/listmodel.h"
#include <chrono>

namespace iam::models {

using namespace std::chrono_literals;

ListModel::ListModel(QObject* parent)
    : QAbstractTableModel(parent)
{
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(50ms);
    connect(&m_searchTimer, &QTimer::timeout, this, &ListModel::restart);
}

void ListModel::setSearch(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed == m_search) return;
    m_search = trimmed;
    m_searchTimer.start();
}

void ListModel::setState(ListState state)
{
    if (m_state == state) return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void ListModel::setBusy(bool busy)
{
    if (m_busy == busy) return;
    m_busy = busy;
    Q_EMIT busyChanged(busy);
}

void ListModel::setTotalCount(std::optional<quint64> count)
{
    if (m_totalCount == count) return;
    m_totalCount = count;
    Q_EMIT totalCountChanged();
}

} // namespace iam::models
