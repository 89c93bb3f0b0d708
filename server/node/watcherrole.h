// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/server.h"
#include "node/datadirectory.h"
#include "node/serverconfig.h"
#include "node/watcherschedule.h"
#include "routes/proberoutes.h"
#include "store/storage.h"
#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace iam::node {

/// The role watcher: what is done to the database once a day because of its age. Any number of nodes may have it, one
/// does the work. It runs in the process of a server, on whose storage it works then, or in one of its own.
class WatcherRole {
public:
    /// `storage` is the server's, which outlives this, or null. `changed`: users were disabled. Error::detail is one
    /// clear sentence.
    static Result<std::unique_ptr<WatcherRole>> open(const ServerConfig& config, const Clock& clock,
                                                     store::Storage* storage, std::function<void()> changed);
    /// stop()
    ~WatcherRole();

    /// What `routes` answers.
    Result<> listen(http::IoThreads& threads, std::vector<http::Route> routes, http::ServerConfig config);
    [[nodiscard]] http::Server& server() { return *m_server; }

    void start();
    /// Ends it after the step that is under way; the next start goes on. Blocks.
    void stop();

    // From any thread; none blocks.
    [[nodiscard]] std::vector<routes::ReadinessCheck> readiness() const;
    [[nodiscard]] WatcherSchedule::Stats stats() const { return m_schedule->stats(); }

private:
    explicit WatcherRole(const ServerConfig& config)
        : m_config(config)
    {
    }
    void run(const std::stop_token& stop);

    const ServerConfig& m_config;
    std::optional<DataDirectory> m_data;       ///< of a process of its own
    std::unique_ptr<store::Storage> m_storage; ///< likewise
    std::unique_ptr<WatcherSchedule> m_schedule;
    std::unique_ptr<http::Server> m_server;
    std::jthread m_thread;
};

/// What the watcher would do at that moment. Changes nothing, but that a database of a former version is brought up to
/// date, as by any start. With SQLite no server may have it open. Error::detail is one clear sentence.
Result<service::WatcherPlan> planWatcher(const ServerConfig& config, TimePoint now);

} // namespace iam::node
