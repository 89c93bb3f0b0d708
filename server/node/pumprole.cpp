// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/pumprole.h"
#include "crypto/keyfile.h"
#include "crypto/random.h"
#include "node/pumpview.h"
#include "node/recordsfile.h"
#include "records/sinks/makesink.h"
#include "routes/respond.h"
#include "store/sql/sqlpumpstore.h"
#include "store/sql/sqlrecordblockstore.h"
#include <algorithm>

namespace iam::node {
namespace {

constexpr const char* maskKeyFile = "mask.key";
constexpr const char* deadLetterFile = "dead-letters.jsonl";
constexpr std::size_t maskKeyLength = 43; // 256 bits of letters and digits
constexpr std::size_t longestMaskKey = 512;

bool hashes(const records::SinkConfig& sink)
{
    return !sink.maskFields.empty() && sink.maskWith == records::SinkConfig::Mask::Hash;
}

std::string sinkSentence(const contract::SinkStatus& sink)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(sink.lag).count();
    std::string text = std::to_string(sink.lagRecords) + " records and " + std::to_string(seconds) + " s behind";
    if (!sink.lastError.empty()) text += "; last error: " + sink.lastError;
    return text;
}

} // namespace

PumpRole::PumpRole(const ServerConfig& config, const Clock& clock, DataDirectory data)
    : m_config(config)
    , m_clock(clock)
    , m_data(std::move(data))
{
}

PumpRole::~PumpRole()
{
    m_server.reset();
    stop();
}

Result<DataDirectory> PumpRole::openFolder(const std::string& folder, bool& alone)
{
    auto data = DataDirectory::openShared(folder, {"pump"});
    alone = data.has_value();
    return alone ? std::move(data) : DataDirectory::openShared(folder, {});
}

Result<std::unique_ptr<PumpRole>> PumpRole::open(const ServerConfig& config, const Clock& clock)
{
    if (auto made = DataDirectory::makeFolder(config.dataDir); !made) return fail(made);
    bool alone = false;
    auto data = openFolder(pumpFolder(config), alone);
    if (!data) return fail(data);
    std::unique_ptr<PumpRole> role(new PumpRole(config, clock, std::move(*data)));
    if (auto done = role->begin(alone); !done) return fail(done);
    role->m_data.letOthersStart();
    return role;
}

Result<> PumpRole::begin(bool alone)
{
    auto log = store::sql::openSqlRecordBlockStore({.path = recordsFile(m_config, ".db"), .synchronous = false});
    if (!log) return fail(log);
    m_log = std::move(*log);
    auto store = store::sql::openSqlPumpStore({.path = m_data.file(pumpDatabase), .synchronous = false});
    if (!store) return fail(store);
    m_store = std::move(*store);
    // Whoever had a lease died with it: nobody need wait for the end of its term.
    if (alone)
        if (auto dropped = m_store->dropLeases(); !dropped) return dropped;
    auto letters = records::DeadLetterFile::open(
        {m_data.file(deadLetterFile), m_config.pump.deadLetterSize, m_config.pump.deadLetterFiles}, m_clock);
    if (!letters) return fail(letters);
    m_deadLetters = std::move(*letters);
    auto pump = makePump("records", *m_log);
    if (!pump) return fail(pump);
    m_pumps.push_back(std::move(*pump));
    if (!m_config.pump.drainLegacyQueue || !alone) return {};
    auto legacy = LegacySource::open(m_config, pumpFolder(m_config), *m_deadLetters, m_clock);
    if (!legacy) return fail(legacy);
    m_legacy = std::move(*legacy);
    auto second = makePump("legacy", m_legacy->blocks());
    if (!second) return fail(second);
    m_pumps.push_back(std::move(*second));
    return {};
}

Result<std::shared_ptr<const crypto::HmacKey>> PumpRole::maskKey()
{
    const auto& sinks = m_config.pump.sinks;
    if (std::none_of(sinks.begin(), sinks.end(), hashes)) return std::shared_ptr<const crypto::HmacKey>();
    const std::string path = m_data.file(maskKeyFile);
    auto made = crypto::createPrivateFile(path, SecretString(crypto::randomText(maskKeyLength)));
    if (!made && made.error().code != Code::SecretAlreadyExist) return fail(made);
    const auto text = crypto::readPrivateFile(path, longestMaskKey);
    if (!text) return fail(text);
    auto key = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, *text);
    if (!key) return fail(key.error().code, path + ": " + key.error().detail);
    return std::make_shared<const crypto::HmacKey>(std::move(*key));
}

Result<std::unique_ptr<records::Pump>> PumpRole::makePump(const std::string& source, store::RecordBlockStore& log)
{
    const auto key = maskKey();
    if (!key) return fail(key);
    std::vector<records::SinkSetup> sinks;
    for (const records::SinkConfig& config : m_config.pump.sinks) {
        auto shape = records::RecordShape::make(config, *key);
        if (!shape) return fail(shape);
        auto sink = records::makeSink(config, m_config.server.nodeName);
        if (!sink) return fail(sink);
        sinks.push_back({config, std::move(*shape), std::move(*sink)});
    }
    records::PumpConfig config;
    config.source = source;
    config.node = m_config.server.nodeName;
    config.retention = {m_config.records.retention, m_config.records.maxSize};
    return std::make_unique<records::Pump>(std::move(config),
                                           records::Pump::Parts{log, *m_store, *m_deadLetters, m_machineClock, m_clock},
                                           std::move(sinks));
}

Result<> PumpRole::listen(http::IoThreads& threads, std::vector<http::Route> routes, http::ServerConfig config)
{
    m_server =
        std::make_unique<http::Server>(threads,
                                       http::Router(std::move(routes), http::Auth::none(),
                                                    [](const http::ExchangePtr& exchange) {
                                                        exchange->reply(routes::errorResponse(Code::PageNotFound));
                                                    }),
                                       std::move(config));
    if (const auto port = m_server->listen(m_config.pump.bindAddress, m_config.pump.bindPort); !port) return fail(port);
    return {};
}

void PumpRole::start()
{
    for (const auto& pump : m_pumps) pump->start();
    if (m_legacy) m_legacy->start([legacy = m_pumps.back().get()] { return legacy->settledByAll(); });
}

void PumpRole::stop()
{
    if (m_legacy) m_legacy->stop();
    for (const auto& pump : m_pumps) pump->stop();
}

std::vector<contract::SinkStatus> PumpRole::status() const
{
    std::vector<contract::SinkStatus> sinks;
    for (const auto& pump : m_pumps) {
        auto some = pump->status();
        std::move(some.begin(), some.end(), std::back_inserter(sinks));
    }
    return sinks;
}

std::vector<routes::ReadinessCheck> PumpRole::readiness() const
{
    std::vector<routes::ReadinessCheck> checks;
    for (const auto& pump : m_pumps) {
        const std::string warning = pump->isActive() ? pump->retentionWarning() : "another pump is at work, or none";
        checks.push_back({"pump " + pump->source(), true, warning, !warning.empty()});
        for (const contract::SinkStatus& sink : pump->status())
            checks.push_back({"sink " + sink.sink + " of " + sink.source, sink.state != "retrying", sinkSentence(sink),
                              false, true});
    }
    if (m_legacy) {
        const std::string complaint = m_legacy->complaint();
        checks.push_back({"legacy list", true, complaint, !complaint.empty()});
    } else if (m_config.pump.drainLegacyQueue) {
        checks.push_back({"legacy list", true, "another process drains it, or none", true});
    }
    return checks;
}

} // namespace iam::node
