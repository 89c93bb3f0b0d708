// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "contract/records.h"
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace iam::records {

/// What no sink takes, for a person to look at: one JSON object a line, {"time","source","sink","reason","record"} or,
/// of what is no record, {"time","source","reason","bytes"} in base64. Mode 0600. Thread-safe; every call blocks.
///
/// A file that would grow beyond `maxSize` becomes FILE.1, that one FILE.2, …; beyond `maxFiles` the oldest is removed,
/// which is logged and counted.
class DeadLetterFile {
public:
    struct Config {
        std::string path;
        std::uint64_t maxSize = 16 * 1024 * 1024;
        int maxFiles = 16;
    };
    /// Makes the file when it is not there. Code::StorageUnavailable names it when that cannot be done.
    static Result<std::unique_ptr<DeadLetterFile>> open(Config config, const Clock& clock);

    /// On the disk when this returns. Code::StorageUnavailable when it cannot be put there; no part of it is then.
    Result<> add(std::string_view source, std::string_view sink, std::string_view reason,
                 const contract::DecisionRecord& record);
    Result<> addBytes(std::string_view source, std::string_view reason, std::string_view bytes);

    [[nodiscard]] const std::string& path() const noexcept { return m_config.path; }
    /// Since the start.
    [[nodiscard]] std::uint64_t removedFiles() const noexcept { return m_removedFiles; }

private:
    DeadLetterFile(Config config, const Clock& clock);
    Result<> append(const std::string& line);
    Result<> makeRoom(std::uint64_t size);
    [[nodiscard]] tl::unexpected<Error> fault(const char* what) const;

    const Config m_config;
    const Clock& m_clock;
    std::mutex m_mutex;
    std::atomic<std::uint64_t> m_removedFiles = 0;
};

} // namespace iam::records
