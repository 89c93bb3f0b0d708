// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/timeline.h"
#include "cluster/verdict/verdict.h"
#include <algorithm>

namespace iam::cluster {

namespace {

using namespace std::chrono_literals;
using Time = Timeline::Time;

tl::unexpected<Error> failAt(std::size_t line, const Error& error)
{
    return fail(Code::Validation, "line " + std::to_string(line) + ": " + error.detail);
}

/// Gives out entries between words.
class Player {
public:
    Player(const EvidenceHead& head, const Timeline::Options& options,
           const std::function<void(const Timeline::Entry&)>& out)
        : m_pool(head.vip, head.nodes)
        , m_options(options)
        , m_out(out)
    {
    }

    Result<> hear(const EvidenceWord& word)
    {
        if (auto added = m_pool.add(word.observation, word.heard); !added) return added;
        m_tracker.observe(word.observation);
        return {};
    }
    void begin(Time at) { m_nextStep = at; }
    /// What there is to say at `now`, after all words heard by then.
    void look(Time now)
    {
        if (m_options.transitions)
            for (Transition& transition : m_tracker.take(now)) m_out({now, std::move(transition)});
        contract::ClusterVip vip = verdict(m_pool, now);
        if (m_options.every) {
            const auto every = *m_options.every;
            if (m_nextStep < now) m_nextStep += (now - m_nextStep + every - 1ns) / every * every; // there was a gap
            if (now != m_nextStep) return;
            m_nextStep += every;
        } else if (m_last && m_last->verdict == vip.verdict && m_last->owner == vip.owner) {
            return;
        }
        m_last = vip;
        m_out({now, std::move(vip)});
    }
    /// The next moment after `now` at which there may be something to say without a new word.
    [[nodiscard]] std::optional<Time> next(Time now) const
    {
        std::optional<Time> next;
        const auto consider = [&](std::optional<Time> moment) {
            if (moment && *moment > now && (!next || *moment < *next)) next = moment;
        };
        if (const auto until = m_pool.freshUntil(now)) {
            consider(*until + 1ms);
            if (m_options.every) consider(m_nextStep);
        }
        if (m_options.transitions) consider(m_tracker.due());
        return next;
    }
    void goOn(Time from, std::optional<Time> before)
    {
        for (auto moment = next(from); moment && (!before || *moment < *before); moment = next(*moment)) look(*moment);
    }

private:
    EvidencePool m_pool;
    TransitionTracker m_tracker;
    const Timeline::Options& m_options;
    const std::function<void(const Timeline::Entry&)>& m_out;
    std::optional<contract::ClusterVip> m_last;
    Time m_nextStep{};
};

} // namespace

Result<> Timeline::play(const Options& options, const std::function<void(const Entry&)>& out) const
{
    std::vector<const Line*> heard;
    heard.reserve(m_words.size());
    for (const Line& line : m_words) heard.push_back(&line);
    std::stable_sort(heard.begin(), heard.end(),
                     [](const Line* a, const Line* b) { return a->word.heard < b->word.heard; });
    if (heard.empty()) return {};

    Player player(m_head, options, out);
    player.begin(heard.front()->word.heard);
    for (std::size_t i = 0; i < heard.size(); ++i) {
        const Time now = heard[i]->word.heard;
        if (const auto known = player.hear(heard[i]->word); !known) return failAt(heard[i]->number, known.error());
        if (i + 1 < heard.size() && heard[i + 1]->word.heard == now) continue;
        player.look(now);
        player.goOn(now, i + 1 < heard.size() ? std::optional(heard[i + 1]->word.heard) : std::nullopt);
    }
    return {};
}

Result<> EvidenceReader::add(std::string_view text)
{
    ++m_line;
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.find_first_not_of(" \t") == std::string_view::npos) return {};
    auto line = parseEvidence(text);
    if (!line) {
        if (m_timelines.empty()) return failAt(m_line, line.error());
        if (!m_unread) m_unread = Unread{m_line, m_line, line.error()};
        m_unread->last = m_line;
        return {};
    }
    if (auto* head = std::get_if<EvidenceHead>(&*line)) {
        if (m_unread) leaveOut();
        m_timelines.emplace_back(std::move(*head));
        return {};
    }
    if (m_unread) return failAt(m_unread->first, m_unread->error);
    auto* word = std::get_if<EvidenceWord>(&*line);
    if (!word) return {};
    if (m_timelines.empty())
        return failAt(
            m_line, {Code::Validation, "the cluster must be told first: {\"cluster\":{\"vip\":…,\"nodes\":[…]}}", {}});
    if (++m_words > mostWords)
        return failAt(m_line, {Code::Validation, "there are more than 2000000 observations", {}});
    m_timelines.back().add(std::move(*word), m_line);
    return {};
}

void EvidenceReader::leaveOut()
{
    const Unread unread = std::move(*m_unread);
    m_unread.reset();
    if (m_leftOut.size() >= mostComplaints) return;
    std::string text = "line " + std::to_string(unread.first);
    if (unread.last > unread.first)
        text = "lines " + std::to_string(unread.first) + " to " + std::to_string(unread.last);
    m_leftOut.push_back(text + ": " + unread.error.detail);
}

Result<std::vector<Timeline>> EvidenceReader::finish(bool cutOff) &&
{
    if (m_timelines.empty())
        return fail(Code::Validation,
                    "there is no evidence: the first line tells the cluster, {\"cluster\":{\"vip\":…,\"nodes\":[…]}}");
    if (m_unread && cutOff && m_unread->first == m_line) leaveOut();
    if (m_unread) return failAt(m_unread->first, m_unread->error);
    return std::move(m_timelines);
}

} // namespace iam::cluster
