// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/journalfilter.h"

namespace iam::cluster {

void JournalFilter::write(Kept& kept, std::vector<EvidenceWord>& lines) const
{
    if (kept.written == kept.latest.observation.at) return;
    kept.written = kept.latest.observation.at;
    lines.push_back(kept.latest);
}

std::vector<EvidenceWord> JournalFilter::take(const EvidenceWord& word)
{
    std::vector<EvidenceWord> lines;
    const Observation& seen = word.observation;
    const auto [entry, isNew] = m_words.try_emplace({seen.fact, seen.witness, seen.about});
    Kept& kept = entry->second;
    const bool changed = isNew || kept.latest.observation.says != seen.says;
    if (changed && (!m_detailUntil || word.heard >= *m_detailUntil))
        for (auto& [key, other] : m_words)
            if (&other != &kept || !isNew) write(other, lines);
    kept.latest = word;
    if (changed) {
        m_detailUntil = word.heard + detail;
        write(kept, lines);
    } else if (m_detailUntil && word.heard < *m_detailUntil) {
        if (!kept.written || seen.at - *kept.written >= detailPeriod) write(kept, lines);
    }
    if (!m_keyframe || word.heard - *m_keyframe >= keyframePeriod) {
        m_keyframe = word.heard;
        for (auto& [key, other] : m_words) write(other, lines);
    }
    return lines;
}

} // namespace iam::cluster
