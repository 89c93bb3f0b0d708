// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/batch.h"
#include <algorithm>

namespace iam::records {

Batch BatchMaker::next(const Chunk& chunk, std::uint64_t after, std::size_t most)
{
    Batch batch;
    const auto first = std::partition_point(chunk.records.begin(), chunk.records.end(),
                                            [after](const auto& record) { return record.sequence <= after; });
    auto end = first;
    if (m_shape.wantsAll() && m_shape.changesNothing()) {
        const auto left = static_cast<std::size_t>(chunk.records.end() - first);
        end = first + static_cast<std::ptrdiff_t>(std::min(left, most));
        batch.records = {first, end};
    } else {
        m_shaped.clear();
        for (; end != chunk.records.end() && m_shaped.size() < most; ++end) {
            if (!m_shape.wants(*end)) {
                ++batch.filtered;
                continue;
            }
            m_shape.apply(m_shaped.emplace_back(*end));
        }
        batch.records = m_shaped;
    }
    batch.through = end == chunk.records.end() ? chunk.through : std::prev(end)->sequence;
    batch.holes = countHoles(chunk.holes, after, batch.through);
    return batch;
}

} // namespace iam::records
