// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/verdict.h"
#include <algorithm>
#include <set>

namespace iam::cluster {

namespace {

using contract::Age;
using contract::ClusterVip;
using contract::VipVerdict;
using Time = EvidencePool::Time;

Age ageOf(Time at, Time now)
{
    return std::chrono::ceil<Age>(std::max(now - at, Time::duration::zero()));
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
        text += names[i];
    }
    return text;
}

/// Something that speaks against an owner. While a change settles it only keeps a verdict from being confirmed.
struct Contradiction {
    std::string sentence;
    bool stands;
};

/// One look at the fresh words of a pool.
class Look {
public:
    Look(const EvidencePool& pool, Time now);
    [[nodiscard]] ClusterVip conclude() const;

private:
    [[nodiscard]] const Word* fresh(const std::string& witness, Fact fact) const;
    [[nodiscard]] ClusterVip made(VipVerdict verdict, std::string owner, std::string reason) const;
    [[nodiscard]] ClusterVip concludeMany() const;
    [[nodiscard]] ClusterVip concludeOne(const Word& hold) const;
    [[nodiscard]] ClusterVip concludeNobody() const;
    [[nodiscard]] const Word* proofOf(const Word& hold) const;
    [[nodiscard]] std::vector<std::string> unheardSince(const Word& hold) const;
    [[nodiscard]] std::vector<Contradiction> against(const Word& hold, const Word* proof) const;
    void addAnswers(const Word& hold, std::vector<Contradiction>& found) const;
    void addStates(const Word& hold, std::vector<Contradiction>& found) const;
    [[nodiscard]] std::vector<Contradiction> answersOfNobody() const;

    const EvidencePool& m_pool;
    Time m_now;
    std::vector<const Word*> m_answers; ///< through the VIP
    std::vector<const Word*> m_holds;   ///< that are not superseded
    std::vector<std::string> m_silent;  ///< nodes of whose interface nothing is known
};

Look::Look(const EvidencePool& pool, Time now)
    : m_pool(pool)
    , m_now(now)
{
    std::vector<const Word*> holds;
    for (const std::string& node : pool.nodes()) {
        const Word* address = fresh(node, Fact::Address);
        if (!address)
            m_silent.push_back(node);
        else if (address->seen.says == "held")
            holds.push_back(address);
    }
    m_holds = holds;
    std::erase_if(m_holds, [&](const Word* hold) {
        return std::any_of(holds.begin(), holds.end(),
                           [&](const Word* other) { return other != hold && hold->seen.at < other->changed(); });
    });
    for (const Word* word : pool.words())
        if (word->seen.fact == Fact::VipAnswer && word->fresh(now)) m_answers.push_back(word);
}

const Word* Look::fresh(const std::string& witness, Fact fact) const
{
    const Word* word = m_pool.latest(witness, fact);
    return word && word->fresh(m_now) ? word : nullptr;
}

ClusterVip Look::made(VipVerdict verdict, std::string owner, std::string reason) const
{
    ClusterVip vip{m_pool.vip(), std::move(owner), verdict, std::move(reason), {}};
    vip.witnesses.reserve(4 * m_pool.nodes().size());
    for (const Word* word : m_pool.words()) {
        const Observation& seen = word->seen;
        const bool counts = seen.fact == Fact::VipAnswer ||
                            (m_pool.isNode(seen.witness) &&
                             (seen.fact == Fact::Address || seen.fact == Fact::Vrrp || seen.fact == Fact::Nginx));
        if (!counts || !word->fresh(m_now)) continue;
        vip.witnesses.push_back({std::string(textOf(seen.fact)), seen.witness, seen.says, seen.about,
                                 ageOf(seen.at, m_now),
                                 word->changeKnown ? std::optional(ageOf(word->from, m_now)) : std::nullopt});
    }
    return vip;
}

ClusterVip Look::conclude() const
{
    if (m_holds.size() > 1) return concludeMany();
    if (m_holds.size() == 1) return concludeOne(*m_holds.front());
    return concludeNobody();
}

ClusterVip Look::concludeMany() const
{
    std::vector<std::string> names;
    bool overlap = false;
    for (std::size_t i = 0; i < m_holds.size(); ++i) {
        names.push_back(m_holds[i]->seen.witness);
        for (std::size_t j = 0; j < i; ++j)
            overlap = overlap || std::max(m_holds[i]->from, m_holds[j]->from) <=
                                     std::min(m_holds[i]->seen.at, m_holds[j]->seen.at);
    }
    if (overlap) return made(VipVerdict::Double, {}, listed(names) + " hold " + m_pool.vip() + " at the same time.");
    return made(VipVerdict::Disputed, {}, listed(names) + " each say that they hold " + m_pool.vip() + ".");
}

/// The youngest answer of the owner that another host got since the address came to rest: since the owner has it and
/// the others have not (while two have it, whoever is asked answers to one and not to the other).
const Word* Look::proofOf(const Word& hold) const
{
    Time rest = Time::min();
    for (const std::string& node : m_pool.nodes())
        if (const Word* address = fresh(node, Fact::Address)) rest = std::max(rest, address->changed());
    const Word* proof = nullptr;
    for (const Word* answer : m_answers) {
        if (answer->seen.witness == hold.seen.witness || answer->seen.says != hold.seen.witness) continue;
        if (answer->seen.at >= rest && (!proof || proof->seen.at < answer->seen.at)) proof = answer;
    }
    return proof;
}

/// Other nodes that may hold it as well, since what they said of their interface is of before the owner's change. Who
/// has taken it since would reach itself, so one that says absent and was answered by the owner is no such node.
std::vector<std::string> Look::unheardSince(const Word& hold) const
{
    std::vector<std::string> names;
    for (const std::string& node : m_pool.nodes()) {
        const Word* address = fresh(node, Fact::Address);
        if (node == hold.seen.witness || !address || address->seen.at >= hold.changed()) continue;
        const Word* answer = fresh(node, Fact::VipAnswer);
        const bool reached = answer && answer->seen.says == hold.seen.witness && answer->seen.at >= hold.changed();
        if (address->seen.says == "held" || !reached) names.push_back(node);
    }
    return names;
}

void Look::addAnswers(const Word& hold, std::vector<Contradiction>& found) const
{
    const std::string& owner = hold.seen.witness;
    for (const Word* answer : m_answers) {
        const std::string& says = answer->seen.says;
        if (says == "forged") {
            found.push_back(
                {answer->seen.witness + " got an answer through the address that no node has signed.", true});
            continue;
        }
        if (says == owner || answer->seen.at < hold.changed()) continue;
        const bool stands = answer->seen.at >= hold.changed() + settling;
        if (says == "none")
            found.push_back(
                {owner + " holds " + m_pool.vip() + ", but " + answer->seen.witness + " got no answer through it.",
                 stands});
        else
            found.push_back(
                {owner + " holds " + m_pool.vip() + ", but " + says + " answered " + answer->seen.witness + '.',
                 stands});
    }
}

void Look::addStates(const Word& hold, std::vector<Contradiction>& found) const
{
    const std::string& owner = hold.seen.witness;
    for (const std::string& node : m_pool.nodes()) {
        const Word* vrrp = fresh(node, Fact::Vrrp);
        if (!vrrp || vrrp->seen.at < hold.changed()) continue;
        const std::string& state = vrrp->seen.says;
        const bool against =
            node == owner ? state == "BACKUP" || state == "FAULT" || state == "STOP" : state == "MASTER";
        if (!against) continue;
        const bool stands = vrrp->seen.at >= hold.changed() + settling && vrrp->seen.at >= vrrp->changed() + settling;
        found.push_back(
            {owner + " holds " + m_pool.vip() + ", but keepalived on " + node + " says " + state + '.', stands});
    }
}

std::vector<Contradiction> Look::against(const Word& hold, const Word* proof) const
{
    std::vector<Contradiction> found;
    addAnswers(hold, found);
    addStates(hold, found);
    const Word* nginx = fresh(hold.seen.witness, Fact::Nginx);
    if (nginx && nginx->seen.says == "silent" && nginx->seen.at >= hold.changed() &&
        (!proof || proof->seen.at <= nginx->seen.at))
        found.push_back({hold.seen.witness + " holds " + m_pool.vip() + ", but its nginx is silent.", true});
    return found;
}

ClusterVip Look::concludeOne(const Word& hold) const
{
    const std::string& owner = hold.seen.witness;
    const Word* proof = proofOf(hold);
    const std::vector<Contradiction> contradictions = against(hold, proof);
    const auto standing = std::find_if(contradictions.begin(), contradictions.end(),
                                       [](const Contradiction& found) { return found.stands; });
    if (standing != contradictions.end()) return made(VipVerdict::Disputed, owner, standing->sentence);
    if (!contradictions.empty()) return made(VipVerdict::Unknown, owner, contradictions.front().sentence);
    if (const auto names = unheardSince(hold); !names.empty())
        return made(VipVerdict::Unknown, owner,
                    owner + " has taken " + m_pool.vip() + ", but " + listed(names) +
                        " has not said since that it does not hold it.");
    if (!m_silent.empty())
        return made(VipVerdict::Unknown, owner,
                    owner + " holds " + m_pool.vip() + ", but nothing is known of " + listed(m_silent) + '.');
    if (!proof)
        return made(VipVerdict::Unknown, owner,
                    owner + " holds " + m_pool.vip() + ", but no other host has had its answer through it lately.");
    return made(VipVerdict::Confirmed, owner,
                owner + " alone holds " + m_pool.vip() + " and answered " + proof->seen.witness + " through it.");
}

/// Answers that somebody got although no interface is known to hold the address.
std::vector<Contradiction> Look::answersOfNobody() const
{
    std::vector<Contradiction> found;
    std::set<std::string> names;
    for (const Word* answer : m_answers) {
        const std::string& says = answer->seen.says;
        if (says == "none") continue;
        if (says == "forged") {
            found.push_back(
                {answer->seen.witness + " got an answer through the address that no node has signed.", true});
            continue;
        }
        const Word* absent = fresh(says, Fact::Address);
        if (absent && answer->seen.at < absent->changed()) continue; // it gave the address up since
        names.insert(says);
        if (absent || !m_pool.isNode(says))
            found.push_back({says + " answered " + answer->seen.witness + " through " + m_pool.vip() +
                                 ", which it says it does not hold.",
                             !absent || answer->seen.at >= absent->changed() + settling});
    }
    if (names.size() > 1)
        found.push_back({listed({names.begin(), names.end()}) + " answer through " + m_pool.vip() + '.', true});
    return found;
}

ClusterVip Look::concludeNobody() const
{
    const std::vector<Contradiction> contradictions = answersOfNobody();
    const auto standing = std::find_if(contradictions.begin(), contradictions.end(),
                                       [](const Contradiction& found) { return found.stands; });
    if (standing != contradictions.end()) return made(VipVerdict::Disputed, {}, standing->sentence);
    if (!m_silent.empty())
        return made(VipVerdict::Unknown, {},
                    "Nobody is known to hold " + m_pool.vip() + ", and nothing is known of " + listed(m_silent) + '.');
    if (!contradictions.empty()) return made(VipVerdict::Unknown, {}, contradictions.front().sentence);
    return made(VipVerdict::None, {}, "No node holds " + m_pool.vip() + '.');
}

} // namespace

ClusterVip verdict(const EvidencePool& pool, Time now)
{
    return Look(pool, now).conclude();
}

ClusterVip agedBy(ClusterVip vip, Age elapsed)
{
    bool addressesFresh = true;
    bool proofFresh = false;
    for (contract::ClusterWitness& witness : vip.witnesses) {
        witness.age += elapsed;
        if (witness.since) *witness.since += elapsed;
        const bool fresh = witness.age <= freshFor;
        if (witness.what == textOf(Fact::Address)) addressesFresh = addressesFresh && fresh;
        if (witness.what == textOf(Fact::VipAnswer) && witness.says == vip.owner && witness.node != vip.owner)
            proofFresh = proofFresh || fresh;
    }
    std::erase_if(vip.witnesses, [](const contract::ClusterWitness& witness) { return witness.age > freshFor; });
    const bool holds =
        vip.verdict == VipVerdict::Confirmed ? addressesFresh && proofFresh : addressesFresh && !vip.witnesses.empty();
    if (vip.verdict != VipVerdict::Unknown && !holds) {
        vip.verdict = VipVerdict::Unknown;
        vip.reason = "What was known of " + vip.address + " is older than two seconds.";
    }
    return vip;
}

} // namespace iam::cluster
