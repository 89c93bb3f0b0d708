// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judgement.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace iam::lab {

namespace {

/// A request a moment before or after shows that a node answers: requests are 20 ms apart.
constexpr double momentMs = 150;

double rounded(double value)
{
    return std::round(value * 10) / 10;
}

struct Outage {
    double longest = 0;
    int failed = 0;
    std::map<std::string, int> kinds;
    std::map<std::string, int> errors;

    [[nodiscard]] int ofAKind() const
    {
        int most = 0;
        for (const auto& [kind, count] : kinds) most = std::max(most, count);
        return most;
    }
};

Outage outageOf(const std::vector<Request>& requests)
{
    Outage outage;
    std::optional<double> since;
    for (std::size_t at = 0; at < requests.size();) {
        // Sent together: at the same tick of the client's timer.
        const double sent = requests[at].sent;
        bool good = true;
        for (; at < requests.size() && requests[at].sent < sent + 5; ++at) {
            if (requests[at].ok) continue;
            good = false;
            ++outage.failed;
            ++outage.kinds[requests[at].kind];
            const std::string& error = requests[at].error;
            ++outage.errors[error == "status" ? std::to_string(requests[at].status) : error];
        }
        if (!good && !since) since = sent;
        if (since) outage.longest = std::max(outage.longest, sent - *since);
        if (good) since.reset();
    }
    return outage;
}

std::string reachedAt(const std::vector<Reach>& reaches, double time)
{
    std::string node;
    for (const Reach& reach : reaches) {
        if (reach.at > time) break;
        node = reach.node;
    }
    return node;
}

/// When each node answered a request through the VIP.
std::map<std::string, std::vector<double>> answersByNode(const Recording& recording)
{
    std::map<std::string, std::vector<double>> answers;
    for (const Request& request : recording.requests)
        if (request.ok) answers[reachedAt(recording.reaches, request.sent)].push_back(request.sent);
    return answers;
}

bool hasAround(const std::vector<double>& times, double time)
{
    const auto next = std::lower_bound(times.begin(), times.end(), time - momentMs);
    return next != times.end() && *next <= time + momentMs;
}

class Ownership {
public:
    explicit Ownership(const std::vector<Holding>& holdings)
    {
        std::set<std::string> now;
        for (const Holding& holding : holdings) {
            if (holding.held)
                now.insert(holding.node);
            else
                now.erase(holding.node);
            if (!m_changes.empty() && m_changes.back().second == now) continue;
            m_changes.emplace_back(holding.at, now);
        }
    }

    [[nodiscard]] std::set<std::string> at(double time) const
    {
        std::set<std::string> owners;
        for (const auto& [since, nodes] : m_changes) {
            if (since > time) break;
            owners = nodes;
        }
        return owners;
    }
    [[nodiscard]] const std::vector<std::pair<double, std::set<std::string>>>& changes() const { return m_changes; }

private:
    std::vector<std::pair<double, std::set<std::string>>> m_changes;
};

/// Whether "confirmed" was true at some moment close by.
bool isTrue(const Claim& claim, const Ownership& ownership, const std::vector<double>& answers)
{
    const std::set<std::string> alone{claim.owner};
    const bool owned = ownership.at(claim.at - momentMs) == alone || ownership.at(claim.at) == alone ||
                       ownership.at(claim.at + momentMs) == alone;
    return owned && hasAround(answers, claim.at);
}

double longestWrong(const Recording& recording, const Ownership& ownership)
{
    auto answers = answersByNode(recording);
    std::map<std::string, double> since; // by who says it
    double longest = 0;
    for (const Claim& claim : recording.claims) {
        if (recording.requests.empty() || claim.at > recording.requests.back().sent) break;
        if (claim.at < recording.requests.front().sent) continue;
        if (claim.verdict != "confirmed" || isTrue(claim, ownership, answers[claim.owner])) {
            since.erase(claim.node);
            continue;
        }
        const auto begun = since.emplace(claim.node, claim.at).first->second;
        longest = std::max(longest, claim.at - begun + momentMs);
    }
    return longest;
}

/// From two owners to the word that says so.
Json doubleNoticed(const Recording& recording, const Ownership& ownership)
{
    for (const auto& [since, nodes] : ownership.changes()) {
        if (nodes.size() < 2) continue;
        for (const Claim& claim : recording.claims)
            if (claim.at >= since && (claim.verdict == "double" || claim.verdict == "disputed"))
                return rounded(claim.at - since);
        return "never";
    }
    return nullptr;
}

Json ownersOverTime(const Ownership& ownership, double fault)
{
    Json owners = Json::array();
    for (const auto& [since, nodes] : ownership.changes())
        owners.push_back({{"at_ms", rounded(since - fault)}, {"nodes", nodes}});
    return owners;
}

Json claimChanges(const Recording& recording, double fault)
{
    Json changes = Json::array();
    std::map<std::string, Claim> last;
    for (const Claim& claim : recording.claims) {
        auto& before = last[claim.node];
        if (before.at > 0 && before.verdict == claim.verdict && before.owner == claim.owner &&
            before.code == claim.code)
            continue;
        before = claim;
        changes.push_back({{"at_ms", rounded(claim.at - fault)},
                           {"node", claim.node},
                           {"code", claim.code},
                           {"verdict", claim.verdict},
                           {"owner", claim.owner},
                           {"reason", claim.reason}});
    }
    return changes;
}

Json transitionsOf(const Json& journal)
{
    Json transitions = Json::array();
    if (!journal.is_object() || !journal.contains("items")) return transitions;
    for (const Json& event : journal["items"]) {
        if (event.value("kind", "") != "transition") continue;
        Json shown;
        for (const char* member : {"from", "to", "cause", "interruption_ms", "error_ms"})
            if (event.contains(member)) shown[member] = event[member];
        transitions.push_back(shown);
    }
    return transitions;
}

/// The sentences of what was not kept.
Json missedOf(const Json& result)
{
    Json missed = Json::array();
    for (const auto& [name, most] : result["targets"].items()) {
        const Json& got = result[name];
        if (got.is_number() && got <= most) continue;
        missed.push_back(name + " " + got.dump() + ", not " + most.dump());
    }
    for (const Json& check : result["checks"])
        if (!check.value("ok", false)) missed.push_back(check.value("check", "") + ": " + check.value("seen", ""));
    return missed;
}

} // namespace

Json judge(const Recording& recording)
{
    const double fault = recording.faultTime();
    const Ownership ownership(recording.holdings);
    const Outage outage = outageOf(recording.requests);
    Json result = recording.about;
    result["actions"] = Json::array();
    for (const Json& action : recording.actions)
        result["actions"].push_back({{"at_ms", rounded(action["t_ms"].get<double>() - fault)}, {"did", action["did"]}});
    result["outage_ms"] = rounded(outage.longest);
    result["failed"] = outage.failed;
    result["failed_of_a_kind"] = outage.ofAKind();
    result["failed_by_error"] = outage.errors;
    result["requests"] = recording.requests.size();
    result["owners"] = ownersOverTime(ownership, fault);
    result["notices"] = recording.notices;
    result["claims"] = claimChanges(recording, fault);
    result["unanswered"] = std::count_if(recording.claims.begin(), recording.claims.end(),
                                         [](const Claim& claim) { return claim.code != 200; });
    result["unsettled"] = std::count_if(recording.claims.begin(), recording.claims.end(),
                                        [](const Claim& claim) { return claim.verdict != "confirmed"; });
    result["answered"] = recording.claims.size() - result["unanswered"].get<std::size_t>();
    result["wrong_ms"] = rounded(longestWrong(recording, ownership));
    result["double_noticed_ms"] = doubleNoticed(recording, ownership);
    result["transitions"] = transitionsOf(recording.journal);
    result["checks"] = recording.checks;
    result["missed"] = missedOf(result);
    return result;
}

} // namespace iam::lab
