// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/chunkreader.h"
#include <algorithm>

namespace iam::records {

namespace {

constexpr int blocksPerChunk = 32; // some thousands of records
constexpr std::size_t keptChunks = 4;

} // namespace

ChunkReader::ChunkReader(store::RecordBlockStore& store)
    : m_store(store)
{
}

Result<std::shared_ptr<const Chunk>> ChunkReader::after(std::uint64_t sequence)
{
    // Whoever comes meanwhile mostly wants the same.
    const std::lock_guard lock(m_mutex);
    for (const auto& chunk : m_recent)
        if (chunk->from <= sequence && sequence < chunk->through) return chunk;
    const auto found = m_store.after(sequence, blocksPerChunk);
    if (!found) return fail(found);
    auto chunk = std::make_shared<const Chunk>(makeChunk(*found, sequence));
    if (!m_recent.empty() && m_recent.front()->log != chunk->log) m_recent.clear();
    if (chunk->through > sequence) m_recent.push_front(chunk);
    if (m_recent.size() > keptChunks) m_recent.pop_back();
    return chunk;
}

Result<ChunkReader::Tail> ChunkReader::tail()
{
    auto found = m_store.after(INT64_MAX, 1);
    if (!found) return fail(found);
    return Tail{std::move(found->log), found->lastSequence};
}

Result<std::uint64_t> ChunkReader::oldest()
{
    const auto found = m_store.after(0, 1);
    if (!found) return fail(found);
    std::uint64_t first = found->lastSequence + 1;
    if (!found->blocks.empty()) first = std::min(first, found->blocks.front().position.firstSequence);
    if (!found->gaps.empty()) first = std::min(first, found->gaps.front().firstSequence);
    return first;
}

} // namespace iam::records
