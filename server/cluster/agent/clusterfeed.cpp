// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/clusterfeed.h"
#include "base/logging.h"
#include "cluster/agent/viewpath.h"
#include "cluster/verdict/statusage.h"
#include <algorithm>

namespace iam::cluster {
namespace {

constexpr std::size_t longestView = std::size_t{4} << 20;

HttpAsk::Config asking(const ClusterFeedConfig& config, bool keepAlive, std::chrono::milliseconds timeout)
{
    return {config.address, config.port, config.address, keepAlive, longestView, timeout};
}

Result<ClusterFeed::Page> pageOf(const SignedAnswer& answer)
{
    if (answer.outcome == SignedAnswer::Outcome::Answered) {
        auto page = contract::decodeClusterEvents(answer.body);
        if (page) return page;
    }
    return fail(Code::ServerBusy, "the agent does not read its journal to us: " + answer.reason);
}

} // namespace

/// A question about the journal. They come seldom, so each has a connection of its own.
struct ClusterFeed::JournalAsk {
    std::unique_ptr<SignedAsk> ask;
    std::function<void(Result<Page>)> done;
};

ClusterFeed::ClusterFeed(ClusterFeedConfig config, ClusterKeyConfig key, std::string sender, const Clock& clock)
    : m_config(std::move(config))
    , m_sender(std::move(sender))
    , m_clock(clock)
    , m_keys(std::move(key), clock)
    , m_ask(asking(m_config, true, timeout), {m_sender, {}}, m_keys, clock,
            [this](const SignedAnswer& answer) { heard(answer); })
{
    QObject::connect(&m_timer, &QTimer::timeout, this, [this] { ask(); });
    QObject::connect(&m_keyTimer, &QTimer::timeout, this, [this] { m_keys.look(); });
    if (m_config.enabled()) m_status.vip.reason = "The agent of this node has not answered yet.";
}

ClusterFeed::~ClusterFeed() = default;

void ClusterFeed::start()
{
    if (!m_config.enabled()) return;
    m_timer.start(period);
    m_keyTimer.start(std::chrono::seconds(1));
    ask();
}

void ClusterFeed::ask()
{
    m_ask.get(std::string(viewPath) + "?after=" + std::to_string(m_last));
}

void ClusterFeed::heard(const SignedAnswer& answer)
{
    if (answer.outcome != SignedAnswer::Outcome::Answered) return; // what is known grows older
    auto view = contract::decodeClusterView(answer.body);
    if (!view) {
        qCWarning(lcCluster, "the agent's answer cannot be read: %s", view.error().detail.c_str());
        return;
    }
    const bool anew = view->sequence < m_last;
    {
        const std::lock_guard lock(m_mutex);
        m_status = std::move(view->status);
        m_askedAt = answer.askedAt;
        if (anew) m_events.clear();
        m_events.insert(m_events.end(), view->events.begin(), view->events.end());
        while (m_events.size() > mostEvents) m_events.pop_front();
        m_last = view->sequence;
    }
    if (m_listener && (anew || !view->events.empty())) m_listener(view->events, anew);
}

contract::ClusterStatus ClusterFeed::status() const
{
    contract::ClusterStatus status;
    SteadyTime askedAt{};
    {
        const std::lock_guard lock(m_mutex);
        status = m_status;
        askedAt = m_askedAt;
    }
    if (status.vip.address.empty()) return status;
    return agedBy(std::move(status), std::chrono::ceil<contract::Age>(m_clock.steadyNow() - askedAt));
}

std::vector<contract::ClusterEvent> ClusterFeed::eventsAfter(std::uint64_t sequence) const
{
    const std::lock_guard lock(m_mutex);
    if (sequence > m_last) sequence = 0; // of another log
    std::vector<contract::ClusterEvent> events;
    std::copy_if(m_events.begin(), m_events.end(), std::back_inserter(events),
                 [sequence](const contract::ClusterEvent& event) { return event.sequence > sequence; });
    return events;
}

std::vector<contract::ClusterEvent> ClusterFeed::eventsSince(TimePoint time) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<contract::ClusterEvent> events;
    std::copy_if(m_events.begin(), m_events.end(), std::back_inserter(events),
                 [time](const contract::ClusterEvent& event) { return event.time > time; });
    return events;
}

void ClusterFeed::askJournal(std::string query, std::function<void(Result<Page>)> done)
{
    QMetaObject::invokeMethod(
        this,
        [this, query = std::move(query), done = std::move(done)]() mutable { askJournalHere(query, std::move(done)); },
        Qt::QueuedConnection);
}

void ClusterFeed::askJournalHere(const std::string& query, std::function<void(Result<Page>)> done)
{
    if (!m_config.enabled()) return done(Page{});
    if (!m_keys.keys()) return done(fail(Code::ServerBusy, "there is no cluster key"));
    if (m_journalAsks.size() >= mostJournalAsks) return done(fail(Code::ServerBusy, "the journal is being read"));
    const auto asked = std::make_shared<JournalAsk>();
    m_journalAsks.insert(asked);
    asked->done = std::move(done);
    const std::weak_ptr<JournalAsk> weak = asked;
    asked->ask = std::make_unique<SignedAsk>(
        asking(m_config, false, journalTimeout), SignedAsk::Who{m_sender, {}}, m_keys, m_clock,
        [this, weak](const SignedAnswer& answer) {
            const auto kept = weak.lock();
            kept->done(pageOf(answer));
            // Not here, where it is in the middle of calling.
            QMetaObject::invokeMethod(this, [this, kept] { m_journalAsks.erase(kept); }, Qt::QueuedConnection);
        });
    asked->ask->get(std::string(journalPath) + '?' + query);
}

} // namespace iam::cluster
