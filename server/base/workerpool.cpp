// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/workerpool.h"
#include <pthread.h>
#include <utility>

namespace iam {

WorkerPool::WorkerPool(std::string name, unsigned threads, std::size_t queueLimit)
    : m_name(std::move(name))
    , m_queueLimit(queueLimit)
{
    for (unsigned i = 0; i < threads; ++i) m_threads.emplace_back([this, i] { work(i); });
}

WorkerPool::~WorkerPool()
{
    stop();
}

bool WorkerPool::post(std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_jobs.size() >= m_queueLimit) {
            ++m_rejected;
            return false;
        }
        m_jobs.push_back(std::move(job));
    }
    m_changed.notify_one();
    return true;
}

std::size_t WorkerPool::queued() const
{
    const std::lock_guard lock(m_mutex);
    return m_jobs.size();
}

std::size_t WorkerPool::busy() const
{
    const std::lock_guard lock(m_mutex);
    return m_busy;
}

std::uint64_t WorkerPool::rejected() const
{
    const std::lock_guard lock(m_mutex);
    return m_rejected;
}

void WorkerPool::stop()
{
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        dropped.swap(m_jobs);
    }
    dropped.clear(); // without the lock: what a job holds may do something when it goes
    m_changed.notify_all();
    for (std::thread& thread : m_threads)
        if (thread.joinable()) thread.join();
}

void WorkerPool::work(std::size_t index)
{
    pthread_setname_np(pthread_self(), (m_name.substr(0, 12) + "-" + std::to_string(index)).c_str());
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
        if (m_jobs.empty()) return;
        const std::function<void()> job = std::move(m_jobs.front());
        m_jobs.pop_front();
        ++m_busy;
        lock.unlock();
        job();
        lock.lock();
        --m_busy;
    }
}

} // namespace iam
