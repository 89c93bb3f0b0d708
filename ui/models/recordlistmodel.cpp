// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordlistmodel.h"
#include <chrono>

namespace iam::models {

using namespace std::chrono_literals;

RecordList::RecordList(QObject* parent)
    : ListModel(parent)
{
    m_pollTimer.setInterval(800ms); // with the answer's way still within a second
    connect(&m_pollTimer, &QTimer::timeout, this, &RecordList::poll);
}

void RecordList::setFilter(contract::RecordFilter filter)
{
    filter.text.reset();
    if (filter == m_filter) return;
    m_filter = std::move(filter);
    if (state() != ListState::Idle) restart();
}

void RecordList::setFollowing(bool following)
{
    if (!following) return stopFollowing();
    m_following = true;
    m_pollTimer.start();
    poll();
}

void RecordList::stopFollowing()
{
    m_following = false;
    m_pollTimer.stop();
}

contract::RecordFilter RecordList::wholeFilter() const
{
    contract::RecordFilter whole = m_filter;
    if (!search().isEmpty()) whole.text = search().toStdString();
    return whole;
}

void RecordList::settle(bool rows)
{
    const bool restricted = !search().isEmpty() || m_filter != contract::RecordFilter();
    if (error())
        setState(ListState::Failed);
    else if (rows)
        setState(ListState::Ready);
    else
        setState(restricted ? ListState::NothingFound : ListState::Empty);
}

} // namespace iam::models
