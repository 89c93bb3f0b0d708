// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/verdict/evidenceline.h"
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace iam::cluster {

/// Which words are worth a line of the journal: every change, for some seconds after a change everything about once a
/// second, so that who reads it sees what was fresh then; all latest words once a minute; else nothing. Pure.
class JournalFilter {
public:
    using Time = Observation::Time;
    static constexpr std::chrono::seconds detail{10};
    static constexpr std::chrono::milliseconds detailPeriod{900};
    static constexpr std::chrono::seconds keyframePeriod{60};

    /// The words to write now that `word` was heard, oldest first. Before the first line of a change those that it
    /// changes something about: the latest ones of everybody else, unless they are written already.
    [[nodiscard]] std::vector<EvidenceWord> take(const EvidenceWord& word);

private:
    struct Kept {
        EvidenceWord latest;
        std::optional<Time> written; ///< Observation::at of what was written last
    };
    void write(Kept& kept, std::vector<EvidenceWord>& lines) const;

    std::map<std::tuple<Fact, std::string, std::string>, Kept> m_words;
    std::optional<Time> m_detailUntil;
    std::optional<Time> m_keyframe;
};

} // namespace iam::cluster
