// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "legacyredis.h"
#include "records/legacy/legacydrain.h"
#include "store/sql/sqlrecordblockstore.h"
#include "support/memoryrecordblockstore.h"
#include "support/storedrecords.h"
#include <QTemporaryDir>

namespace iam::test {

inline constexpr const char* turnKey = "iam-console:legacy-drain:turn";
inline constexpr const char* chunkKey = "iam-console:legacy-drain:chunk";
inline constexpr const char* chunkIdKey = "iam-console:legacy-drain:chunk-id";
inline constexpr const char* tooLargeKey = "iam-console:legacy-drain:too-large";

/// A drain with its log in a folder.
struct Draining {
    explicit Draining(std::uint16_t port, const std::function<void(Draining&)>& prepare = {},
                      const std::string& where = {})
        : folder(where.empty() ? std::make_unique<QTemporaryDir>() : nullptr)
        , path(folder ? folder->path().toStdString() : where)
    {
        setup.redis = redisAt(port);
        setup.node = "node-a";
        setup.pause = std::chrono::milliseconds(20);
        if (prepare) prepare(*this);
        if (!blocks) {
            auto opened = store::sql::openSqlRecordBlockStore({.path = path + "/legacy-records.db"});
            if (!opened) qFatal("%s", opened.error().detail.c_str());
            blocks = std::move(*opened);
        }
        auto opened = records::DecisionLog::open(
            records::legacyLogConfig(path + "/legacy-records.seq", std::chrono::days(0), 0), *blocks, clock);
        if (!opened) qFatal("%s", opened.error().detail.c_str());
        log = std::move(*opened);
        begin();
    }
    void begin()
    {
        drain = std::make_unique<records::LegacyDrain>(
            setup, *log, *blocks, clock,
            [this](const records::LegacyRefuse& entry) -> Result<> {
                if (refusals > 0) {
                    --refusals;
                    return fail(Code::StorageUnavailable, "no room");
                }
                refused.emplace_back(entry.bytes, entry.why);
                return {};
            },
            [this] { return taken.load(); });
    }
    void useMemory()
    {
        auto store = std::make_unique<MemoryRecordBlockStore>();
        memory = store.get();
        blocks = std::move(store);
    }
    std::vector<contract::DecisionRecord> records() { return recordsOf(*blocks); }

    const SystemClock clock;
    const std::unique_ptr<QTemporaryDir> folder; ///< null when it is somebody else's
    const std::string path;
    records::LegacyDrain::Setup setup;
    std::unique_ptr<store::RecordBlockStore> blocks;
    MemoryRecordBlockStore* memory = nullptr; ///< when that is what `blocks` is
    std::unique_ptr<records::DecisionLog> log;
    std::atomic<std::uint64_t> taken = 1'000'000'000;
    std::atomic<int> refusals = 0; ///< so often the entries that are no records cannot be kept
    std::vector<std::pair<std::string, std::string>> refused;
    std::unique_ptr<records::LegacyDrain> drain; ///< the last member: it uses the others
};

} // namespace iam::test
