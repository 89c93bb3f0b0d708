// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/truthoracle.h"
#include <algorithm>
#include <bit>

namespace iam::test {

namespace {

std::string seconds(std::int64_t microseconds)
{
    return std::to_string(double(microseconds) / 1e6) + " s";
}

} // namespace

void TruthOracle::tell(Time at, const Truth& truth)
{
    if (!m_truth.empty() && m_truth.back().truth == truth) return;
    m_truth.push_back({at, truth});
}

void TruthOracle::show(const std::string& observer, Time at, Shown shown, int owner)
{
    auto view = std::find_if(m_views.begin(), m_views.end(), [&](const View& v) { return v.observer == observer; });
    if (view == m_views.end()) view = m_views.insert(m_views.end(), {observer, {}});
    if (!view->shown.empty() && view->shown.back().shown == shown && view->shown.back().owner == owner) return;
    view->shown.push_back({at, shown, owner});
}

template <class Holds>
std::vector<TruthOracle::Span> TruthOracle::spans(Time end, Holds holds) const
{
    std::vector<Span> found;
    bool open = false;
    for (const TruthAt& moment : m_truth) {
        const bool now = holds(moment.truth);
        if (now && !open) found.push_back({moment.at, end});
        if (!now && open) found.back().to = moment.at;
        open = now;
    }
    return found;
}

/// Never confirmed for a node that has not answered through the address, alone, for as long as two seconds.
void TruthOracle::judgeConfirmed(const View& view, Time end, std::vector<std::string>& faults) const
{
    for (int node = 0; node < m_nodes; ++node) {
        const std::uint32_t bit = 1u << node;
        const auto bad =
            spans(end, [&](const Truth& truth) { return truth.holders != bit || !(truth.answering & bit); });
        for (std::size_t i = 0; i < view.shown.size(); ++i) {
            if (view.shown[i].shown != Shown::Confirmed || view.shown[i].owner != node) continue;
            const Time until = i + 1 < view.shown.size() ? view.shown[i + 1].at : end;
            for (const Span& span : bad) {
                const Time from = std::max(view.shown[i].at, span.from + limit + 1);
                if (from < std::min(until, span.to))
                    faults.push_back(view.observer + " shows node " + std::to_string(node) + " confirmed at " +
                                     seconds(from) + ", which is wrong since " + seconds(span.from));
            }
        }
    }
}

/// Confirmed when nothing has been broken for three seconds, and as long as nothing is.
void TruthOracle::judgeWell(const View& view, Time end, std::vector<std::string>& faults) const
{
    for (int node = 0; node < m_nodes; ++node) {
        const std::uint32_t bit = 1u << node;
        for (const Span& span : spans(end, [&](const Truth& truth) {
                 return truth.well && truth.holders == bit && (truth.answering & bit);
             })) {
            for (std::size_t i = 0; i < view.shown.size(); ++i) {
                if (view.shown[i].shown == Shown::Confirmed && view.shown[i].owner == node) continue;
                const Time until = i + 1 < view.shown.size() ? view.shown[i + 1].at : end;
                const Time from = std::max(view.shown[i].at, span.from + recovery);
                if (from < std::min(until, span.to))
                    faults.push_back(view.observer + " does not show node " + std::to_string(node) + " confirmed at " +
                                     seconds(from) + ", though all is well since " + seconds(span.from));
            }
        }
    }
}

/// Double is shown only when it was so within two seconds; and two owners that all agents can tell of are shown.
void TruthOracle::judgeDouble(const View& view, Time end, std::vector<std::string>& faults) const
{
    const auto two = spans(end, [](const Truth& truth) { return std::popcount(truth.holders) > 1; });
    std::vector<Span> told;
    for (std::uint32_t pair = 3; pair < 1u << m_nodes; ++pair) {
        if (std::popcount(pair) != 2) continue;
        const auto both =
            spans(end, [pair](const Truth& truth) { return (truth.holders & pair) == pair && truth.witnessed; });
        told.insert(told.end(), both.begin(), both.end());
    }
    for (std::size_t i = 0; i < view.shown.size(); ++i) {
        const Time at = view.shown[i].at;
        const Time until = i + 1 < view.shown.size() ? view.shown[i + 1].at : end;
        const bool alarm = view.shown[i].shown == Shown::Double || view.shown[i].shown == Shown::Disputed;
        if (view.shown[i].shown == Shown::Double && std::none_of(two.begin(), two.end(), [&](const Span& span) {
                return span.from <= at && until <= span.to + limit + 1;
            }))
            faults.push_back(view.observer + " shows two owners at " + seconds(at) + ", which is not so");
        for (const Span& span : told)
            if (!alarm && std::max(at, span.from + limit) < std::min(until, span.to))
                faults.push_back(view.observer + " does not show at " + seconds(std::max(at, span.from + limit)) +
                                 " that there are two owners since " + seconds(span.from));
    }
}

std::vector<std::string> TruthOracle::faults(Time end) const
{
    std::vector<std::string> faults;
    for (const View& view : m_views) {
        judgeConfirmed(view, end, faults);
        judgeWell(view, end, faults);
        judgeDouble(view, end, faults);
    }
    return faults;
}

} // namespace iam::test
