// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/redisthread.h"
#include <utility>

namespace iam::cluster {

RedisThread::RedisThread(RedisConfig config, const std::string& purpose, Serve serve, RedisLimits limits)
    : m_config(std::move(config))
    , m_serve(std::move(serve))
    , m_limits(limits)
    , m_state(purpose + m_config.address())
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

void RedisThread::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable()) m_thread.join();
}

void RedisThread::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        Result<> ended;
        if (auto link = RedisLink::open(m_config, stop, m_limits))
            ended = m_serve(*link, stop);
        else
            ended = fail(link);
        if (stop.stop_requested()) return;
        m_state.setDown(ended.error());
        m_state.waitToRetry(stop);
    }
}

} // namespace iam::cluster
