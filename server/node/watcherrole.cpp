// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/watcherrole.h"
#include "base/waitforstop.h"
#include "crypto/random.h"
#include "node/openstorage.h"
#include "routes/respond.h"
#include <filesystem>

namespace iam::node {
namespace {

constexpr std::chrono::seconds betweenLooks{20};

struct OwnStorage {
    DataDirectory data;
    std::unique_ptr<store::Storage> storage;
};

/// Of a process that has no other use for it.
Result<OwnStorage> openOwn(const ServerConfig& config, std::chrono::seconds patience)
{
    auto data =
        sharesDatabase(config) ? DataDirectory::openShared(config.dataDir, {}) : DataDirectory::open(config.dataDir);
    if (!data) return fail(data);
    auto storage = openStorage(config, patience);
    if (!storage) return fail(storage);
    data->letOthersStart();
    return OwnStorage{std::move(*data), std::move(*storage)};
}

tl::unexpected<Error> notHere()
{
    return fail(Code::Validation, "the watcher does not work on a database that is shared with the old system");
}

} // namespace

WatcherRole::~WatcherRole()
{
    stop();
    m_server.reset();
}

Result<std::unique_ptr<WatcherRole>> WatcherRole::open(const ServerConfig& config, const Clock& clock,
                                                       store::Storage* storage, std::function<void()> changed)
{
    std::unique_ptr<WatcherRole> role(new WatcherRole(config));
    if (storage == nullptr) {
        auto own = openOwn(config, startPatience);
        if (!own) return fail(own);
        role->m_data.emplace(std::move(own->data));
        role->m_storage = std::move(own->storage);
        storage = role->m_storage.get();
    }
    if (storage->upkeep() == nullptr) return notHere();
    role->m_schedule = std::make_unique<WatcherSchedule>(
        WatcherSchedule::Setup{config.watcher.rules, config.watcher.at,
                               config.server.nodeName.substr(0, 200) + " " + crypto::randomText(8)},
        *storage->upkeep(), clock, std::move(changed));
    return role;
}

Result<> WatcherRole::listen(http::IoThreads& threads, std::vector<http::Route> routes, http::ServerConfig config)
{
    http::Router router(std::move(routes), http::Auth::none(), [](const http::ExchangePtr& exchange) {
        exchange->reply(routes::errorResponse(Code::PageNotFound));
    });
    m_server = std::make_unique<http::Server>(threads, std::move(router), std::move(config));
    const auto port = m_server->listen(m_config.watcher.bindAddress, m_config.watcher.bindPort);
    if (!port) return fail(port);
    return {};
}

void WatcherRole::start()
{
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void WatcherRole::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable()) m_thread.join();
}

void WatcherRole::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        m_schedule->look([&] { return stop.stop_requested(); });
        waitForStop(stop, betweenLooks);
    }
}

std::vector<routes::ReadinessCheck> WatcherRole::readiness() const
{
    const std::string complaint = m_schedule->complaint();
    return {{"watcher", true, complaint, !complaint.empty()}};
}

Result<service::WatcherPlan> planWatcher(const ServerConfig& config, TimePoint now)
{
    if (!sharesDatabase(config) && !std::filesystem::exists(config.store.sqlitePath))
        return fail(Code::StorageUnavailable, "there is no database " + config.store.sqlitePath);
    auto own = openOwn(config, std::chrono::seconds(0));
    if (!own) return fail(own);
    store::UpkeepStore* const store = own->storage->upkeep();
    if (store == nullptr) return notHere();
    return service::Watcher(*store, config.watcher.rules).plan(now);
}

} // namespace iam::node
