// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/server.h"
#include "node/datadirectory.h"
#include "node/legacysource.h"
#include "node/serverconfig.h"
#include "records/pump/pump.h"
#include "routes/proberoutes.h"
#include <memory>
#include <vector>

namespace iam::node {

/// The role pump: brings the decision log of this node to the sinks, and where asked for the old system's list in
/// Redis, too. It needs no database and no administrator, and runs in the process that decides or in one of its own
/// beside it. Several may run: one works, the others wait (the list is drained by the first one only). What it keeps
/// lies in pumpFolder(). Belongs to a thread with an event loop.
class PumpRole {
public:
    /// Error::detail is one clear sentence.
    static Result<std::unique_ptr<PumpRole>> open(const ServerConfig& config, const Clock& clock);
    /// stop()
    ~PumpRole();

    /// What `routes` answers.
    Result<> listen(http::IoThreads& threads, std::vector<http::Route> routes, http::ServerConfig config);
    [[nodiscard]] http::Server& server() { return *m_server; }
    [[nodiscard]] const http::Server& server() const { return *m_server; }

    /// Begins to pump.
    void start();
    /// Ends it, after the writes that are under way. Blocks.
    void stop();

    // From any thread; none blocks.
    [[nodiscard]] std::vector<routes::ReadinessCheck> readiness() const;
    [[nodiscard]] std::vector<contract::SinkStatus> status() const;
    [[nodiscard]] const std::vector<std::unique_ptr<records::Pump>>& pumps() const noexcept { return m_pumps; }
    /// Null when the old system's list is not drained, or by another process.
    [[nodiscard]] const LegacySource* legacySource() const noexcept { return m_legacy.get(); }
    [[nodiscard]] const records::DeadLetterFile& deadLetters() const noexcept { return *m_deadLetters; }

private:
    PumpRole(const ServerConfig& config, const Clock& clock, DataDirectory data);
    static Result<DataDirectory> openFolder(const std::string& folder, bool& alone);
    Result<> begin(bool alone);
    Result<std::unique_ptr<records::Pump>> makePump(const std::string& source, store::RecordBlockStore& log);
    Result<std::shared_ptr<const crypto::HmacKey>> maskKey();

    const ServerConfig& m_config;
    const Clock& m_clock;
    const records::SystemMachineClock m_machineClock;
    DataDirectory m_data;
    std::unique_ptr<store::RecordBlockStore> m_log;
    std::unique_ptr<store::PumpStore> m_store;
    std::unique_ptr<records::DeadLetterFile> m_deadLetters;
    std::unique_ptr<LegacySource> m_legacy;
    std::vector<std::unique_ptr<records::Pump>> m_pumps;
    std::unique_ptr<http::Server> m_server;
};

} // namespace iam::node
