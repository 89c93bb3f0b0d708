// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/verdict/evidenceline.h"
#include "cluster/verdict/transitiontracker.h"
#include "contract/cluster.h"
#include <functional>

namespace iam::cluster {

/// Evidence from one head on: what one collector heard.
class Timeline {
public:
    using Time = Observation::Time;

    struct Entry {
        Time at{};
        std::variant<contract::ClusterVip, Transition> what;
    };
    struct Options {
        /// Not set: an entry at the beginning and at each change of verdict or owner, at the very millisecond, also
        /// where it changes because words grow old. Set: one each so often, from the first word to the last change.
        std::optional<std::chrono::milliseconds> every;
        bool transitions = false; ///< these too, when they are concluded
    };

    explicit Timeline(EvidenceHead head)
        : m_head(std::move(head))
    {
    }

    void add(EvidenceWord word, std::size_t line) { m_words.push_back({std::move(word), line}); }
    /// Plays the words in the order in which they were heard, and on until all are old. An error names its line; what
    /// was given out before it stands.
    Result<> play(const Options& options, const std::function<void(const Entry&)>& out) const;

private:
    struct Line {
        EvidenceWord word;
        std::size_t number;
    };
    EvidenceHead m_head;
    std::vector<Line> m_words;
};

/// Reads a file of evidence line by line. A journal has a head wherever its writer began anew: each begins a timeline.
/// What cannot be read directly before a head is what a writer that was killed left of its last line: it is left out,
/// and said. Anywhere else it is an error.
class EvidenceReader {
public:
    /// Words of all timelines together.
    static constexpr std::size_t mostWords = 2'000'000;
    static constexpr std::size_t mostComplaints = 20;

    /// The next line, without its line feed; empty ones are skipped. The error's detail begins with "line 7: "; a line
    /// that cannot be read is an error of the line after it, or of finish().
    Result<> add(std::string_view line);
    /// `cutOff`: the last line had no line feed, and may be left out for that. Fails when there was no head.
    Result<std::vector<Timeline>> finish(bool cutOff) &&;
    /// What was left out: the lines, and what is wrong with the first of each place. At most mostComplaints.
    [[nodiscard]] const std::vector<std::string>& leftOut() const noexcept { return m_leftOut; }

private:
    struct Unread {
        std::size_t first;
        std::size_t last;
        Error error;
    };
    void leaveOut();

    std::size_t m_line = 0;
    std::size_t m_words = 0;
    std::optional<Unread> m_unread; ///< whether it may be left out is known when the next line comes
    std::vector<std::string> m_leftOut;
    std::vector<Timeline> m_timelines;
};

} // namespace iam::cluster
