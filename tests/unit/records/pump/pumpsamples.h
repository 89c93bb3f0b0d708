// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "../recordsamples.h"
#include "records/blockcodec.h"
#include "records/sinks/sink.h"
#include "store/recordblockstore.h"
#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace iam::test {

inline const TimePoint logStart(std::chrono::milliseconds(1'700'000'000'000));

/// A block with the records `first` to `last` but those left out; every third is peter's, the others are colin's.
inline store::RecordBlock packedBlock(std::uint64_t first, std::uint64_t last,
                                      const std::set<std::uint64_t>& without = {})
{
    std::vector<std::string> packed;
    store::RecordBlock block;
    block.owners = {"colin", "peter"};
    for (std::uint64_t sequence = first; sequence <= last; ++sequence) {
        if (without.contains(sequence)) continue;
        auto record = sampleRecord(logStart + std::chrono::milliseconds(sequence), static_cast<int>(sequence),
                                   sequence % 3 == 0 ? "peter" : "colin");
        record.sequence = sequence;
        records::packRecord(record, packed.emplace_back());
        ++block.count;
    }
    const std::vector<std::string_view> views(packed.begin(), packed.end());
    records::BlockPacker packer;
    block.position = {logStart + std::chrono::milliseconds(first), first};
    block.end = logStart + std::chrono::milliseconds(last);
    block.lastSequence = last;
    block.bytes = packer.pack(views).value();
    return block;
}

/// What a test tells its sink, and what the sink was given. Thread-safe.
class SinkScript {
public:
    Result<> take(std::span<const contract::DecisionRecord> records)
    {
        std::unique_lock lock(m_mutex);
        ++m_writes;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return !m_held; });
        if (m_down) return fail(Code::StorageUnavailable, "connection refused");
        for (const auto& record : records)
            if (m_refused.contains(record.sequence)) return fail(Code::Validation, "not this one");
        for (const auto& record : records) m_taken.push_back(record);
        m_changed.notify_all();
        return {};
    }
    void setDown(bool down)
    {
        const std::lock_guard lock(m_mutex);
        m_down = down;
    }
    /// While held, a write does not come back.
    void setHeld(bool held)
    {
        const std::lock_guard lock(m_mutex);
        m_held = held;
        m_changed.notify_all();
    }
    void refuse(std::set<std::uint64_t> sequences)
    {
        const std::lock_guard lock(m_mutex);
        m_refused = std::move(sequences);
    }
    std::vector<contract::DecisionRecord> taken() const
    {
        const std::lock_guard lock(m_mutex);
        return m_taken;
    }
    std::vector<std::uint64_t> sequences() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<std::uint64_t> found;
        for (const auto& record : m_taken) found.push_back(record.sequence);
        return found;
    }
    int writes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_writes;
    }
    /// Waits for so many writes in all, tried or done; false after 20 s.
    bool awaitWrites(int count)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(20), [&] { return m_writes >= count; });
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_down = false;
    bool m_held = false;
    std::set<std::uint64_t> m_refused;
    std::vector<contract::DecisionRecord> m_taken;
    int m_writes = 0;
};

class ScriptedSink final : public records::Sink {
public:
    explicit ScriptedSink(std::shared_ptr<SinkScript> script)
        : m_script(std::move(script))
    {
    }
    Result<> write(std::span<const contract::DecisionRecord> records) override { return m_script->take(records); }
    std::string metrics() const override
    {
        return "scripted_writes_total " + std::to_string(m_script->writes()) + "\n";
    }

private:
    const std::shared_ptr<SinkScript> m_script;
};

} // namespace iam::test
