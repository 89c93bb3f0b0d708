// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace iam {

/// Threads that run jobs which may block, from a bounded queue. Thread-safe. A job must not throw,
/// and bears to be destroyed without having run.
class WorkerPool {
public:
    /// `name` is the threads' name (at most 15 characters are kept by the kernel).
    WorkerPool(std::string name, unsigned threads, std::size_t queueLimit);
    /// stop().
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Queues a job; false when the queue is full or the pool is stopping, and the job is then not run.
    [[nodiscard]] bool post(std::function<void()> job);
    /// Jobs waiting, not counting those that run.
    [[nodiscard]] std::size_t queued() const;
    [[nodiscard]] std::size_t queueLimit() const noexcept { return m_queueLimit; }
    /// Threads that run a job now.
    [[nodiscard]] std::size_t busy() const;
    [[nodiscard]] std::size_t threads() const noexcept { return m_threads.size(); }
    /// Jobs that post() turned away since the start.
    [[nodiscard]] std::uint64_t rejected() const;
    /// Refuses new jobs, destroys those that have not begun, waits for those that run, ends the threads. Idempotent;
    /// not from a job.
    void stop();

private:
    void work(std::size_t index);

    const std::string m_name;
    const std::size_t m_queueLimit;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopping = false;
    std::size_t m_busy = 0;
    std::uint64_t m_rejected = 0;
    std::vector<std::thread> m_threads;
};

} // namespace iam
