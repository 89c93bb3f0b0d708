// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/index/policyindex.h"
#include "authz/compiledpolicy.h"
#include <algorithm>
#include <bit>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace iam::authz {

namespace {

constexpr std::uint64_t candidateOfAll = 0x452821e638d01377U; // the hash under which those are posted

// A policy that is put where more than so many are lets some of them look for a better place: when they chose theirs,
// it may have been as good as any. More leave than come, and no change has to move many.
constexpr std::size_t fewPostings = 4;
constexpr std::size_t choosingAnew = 4;

// A template takes its part in every request's search, so that a key which few others have is better.
constexpr std::size_t templateCost = 16;

constexpr std::size_t hashesAtOnce = 8;
constexpr std::size_t fewAnnounced = 8; // candidates; more would be forgotten before they are looked at

/// About how often each key was counted: never too low, and seldom too high.
class KeyCounts {
public:
    explicit KeyCounts(std::size_t keys)
        : m_first(std::bit_ceil(keys * 2 + 1))
        , m_second(m_first.size())
    {
    }
    void add(std::uint64_t hash)
    {
        ++m_first[hash & (m_first.size() - 1)];
        ++m_second[hash >> 32 & (m_first.size() - 1)];
    }
    [[nodiscard]] std::size_t operator()(std::uint64_t hash) const
    {
        return std::min(m_first[hash & (m_first.size() - 1)], m_second[hash >> 32 & (m_first.size() - 1)]);
    }

private:
    std::vector<std::uint32_t> m_first;
    std::vector<std::uint32_t> m_second;
};

template <class Visit>
void forEachKey(const PolicyKeys& keys, Visit visit)
{
    for (const ListKeys& list : keys) {
        if (!list.usable) continue;
        for (const KeyChoice& choice : list.choices) {
            for (const PolicyKey& key : choice) visit(key.hash);
        }
    }
}

/// Wherever it may be posted; where it is not, nothing is erased.
template <class Key>
void eraseWherever(const PolicyKeys& keys, std::uint64_t rank, std::vector<Key>& erased)
{
    erased.push_back({candidateOfAll, rank});
    forEachKey(keys, [&](std::uint64_t hash) { erased.push_back({hash, rank}); });
}

bool endsWithLineFeed(std::string_view text)
{
    return !text.empty() && text.back() == '\n';
}

} // namespace

void PolicyIndex::Asked::add(const PolicyKey& key)
{
    if (key.kind == KeyKind::Whole) {
        whole = true;
        longestWhole = std::max(longestWhole, std::size_t{key.length});
        return;
    }
    std::vector<std::uint16_t>& lengths = key.kind == KeyKind::Prefix ? prefixes : suffixes;
    const auto length = static_cast<std::uint16_t>(key.length);
    const auto at = std::lower_bound(lengths.begin(), lengths.end(), length);
    if (at == lengths.end() || *at != length) lengths.insert(at, length);
}

template <class Count>
std::optional<std::size_t> PolicyIndex::costOf(const PolicyKey& key, const Count& count) const
{
    if (key.kind != KeyKind::Template) return count(key.hash);
    if (m_expressions.isFull() && !m_expressions.has(key.hash)) return std::nullopt;
    return std::max(count(key.hash), templateCost);
}

/// Posts a policy where it meets the fewest others.
template <class Count>
void PolicyIndex::post(const PolicyKeys& keys, std::uint64_t rank, const CompiledPolicy* policy, const Count& count,
                       std::vector<Posting>& postings)
{
    std::vector<const PolicyKey*> best;
    std::vector<const PolicyKey*> chosen;
    Field field = Field::Action;
    std::size_t fewest = 0;
    std::size_t longest = 0;
    bool found = false;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        bool usable = keys[i].usable;
        std::size_t met = 0;
        std::size_t shortest = std::numeric_limits<std::size_t>::max();
        best.clear();
        for (const KeyChoice& choice : keys[i].choices) {
            if (!usable) break;
            std::optional<std::size_t> least;
            for (const PolicyKey& key : choice) {
                const auto cost = costOf(key, count);
                if (!cost || (least && *cost >= *least)) continue;
                if (least)
                    best.back() = &key;
                else
                    best.push_back(&key);
                least = cost;
            }
            usable = least.has_value();
            met += least.value_or(0);
            if (usable) shortest = std::min(shortest, std::size_t{best.back()->length});
        }
        if (!usable || (found && (met > fewest || (met == fewest && shortest <= longest)))) continue;
        found = true;
        field = static_cast<Field>(i);
        chosen.swap(best);
        fewest = met;
        longest = shortest;
    }
    if (!found) {
        m_concernsAll = true;
        postings.push_back({candidateOfAll, rank, policy});
        return;
    }
    for (const PolicyKey* key : chosen) {
        if (key->kind != KeyKind::Template)
            m_asked[static_cast<std::size_t>(field)].add(*key);
        else if (!m_expressions.has(key->hash))
            m_expressions.add(key->hash, field, PatternPtr(key->pattern));
        postings.push_back({key->hash, rank, policy});
    }
}

PolicyIndex::PolicyIndex(const PolicySequence& policies)
{
    KeyFinder finder(m_lengths);
    std::vector<std::uint64_t> hashes;
    hashes.reserve(policies.size() * 4);
    for (const auto& policy : policies)
        forEachKey(finder.find(*policy), [&hashes](std::uint64_t hash) { hashes.push_back(hash); });
    KeyCounts counts(hashes.size());
    for (const std::uint64_t hash : hashes) counts.add(hash);
    hashes = {};
    std::vector<Posting> postings;
    postings.reserve(policies.size());
    for (auto policy = policies.begin(); policy != policies.end(); ++policy)
        post(finder.find(**policy), policy.rank(), policy->get(), counts, postings);
    m_postings = Postings(std::move(postings));
    m_expressions.settle({}, [](std::uint64_t) { return false; });
    filter(m_postings.size());
}

void PolicyIndex::filter(std::size_t room)
{
    m_filter = KeyFilter(room);
    m_postings.forEach([this](const Posting& posting) { m_filter.add(posting.hash); });
}

void PolicyIndex::change(const std::vector<Change>& changes)
{
    KeyFinder finder(m_lengths);
    std::unordered_map<std::uint64_t, std::size_t> fresh; // of this change, by key
    std::uint64_t rank = 0;
    const auto others = [&](std::uint64_t hash) {
        const auto added = fresh.find(hash);
        return m_postings.find(hash).size() - (m_postings.contains({hash, rank}) ? 1 : 0) +
               (added == fresh.end() ? 0 : added->second);
    };
    std::vector<Postings::Key> erased;
    std::vector<Posting> put;
    for (const Change& change : changes) {
        if (change.before != nullptr) eraseWherever(finder.find(*change.before), change.rank, erased);
        if (change.after == nullptr) continue;
        rank = change.rank;
        const std::size_t first = put.size();
        post(finder.find(*change.after), rank, change.after, others, put);
        for (std::size_t i = first; i < put.size(); ++i) ++fresh[put[i].hash];
    }
    const std::vector<Posting> posted = put;
    apply(erased, std::move(put));

    fresh.clear();
    erased.clear();
    put = {};
    std::unordered_set<std::uint64_t> seen;
    for (const Posting& posting : posted) {
        const auto meets = m_postings.find(posting.hash);
        if (meets.size() <= fewPostings) continue;
        // Spread, since some of them may have nothing better.
        std::size_t place = static_cast<std::size_t>(posting.rank * 0x9e3779b97f4a7c15U >> 32) % meets.size();
        for (std::size_t i = 0; i < choosingAnew; ++i, place = (place + 1) % meets.size()) {
            const Posting& other = meets[place];
            if (!seen.insert(other.rank).second) continue;
            rank = other.rank;
            std::vector<Posting> better;
            const PolicyKeys& keys = finder.find(*other.policy);
            post(keys, rank, other.policy, others, better);
            if (std::all_of(better.begin(), better.end(), [this](const Posting& known) {
                    return m_postings.contains({known.hash, known.rank});
                }))
                continue;
            eraseWherever(keys, rank, erased);
            for (const Posting& one : better) ++fresh[one.hash];
            put.insert(put.end(), better.begin(), better.end());
        }
    }
    if (!put.empty()) apply(erased, std::move(put));
}

void PolicyIndex::apply(const std::vector<Postings::Key>& erased, std::vector<Posting> put)
{
    for (const Posting& posting : put) m_filter.add(posting.hash);
    std::vector<std::uint64_t> hashes;
    for (const Postings::Key& key : erased) hashes.push_back(key.hash);
    m_postings.change(erased, std::move(put));
    m_expressions.settle(hashes, [this](std::uint64_t hash) { return m_postings.find(hash).empty(); });
    if (m_filter.isFull()) filter(2 * m_postings.size());
}

class PolicyIndex::Collector {
public:
    Collector(const PolicyIndex& index, std::size_t most, Candidates& candidates)
        : m_index(index)
        , m_most(most)
        , m_candidates(candidates)
    {
    }

    /// False when there are too many candidates.
    bool lookUp(std::uint64_t hash)
    {
        if (!m_index.m_filter.mayHave(hash)) return true;
        const auto found = m_index.m_postings.find(hash);
        if (found.size() > m_most - m_candidates.size()) return false;
        for (const Posting& posting : found) {
            if (m_candidates.size() < fewAnnounced) posting.policy->announce();
            m_candidates.add(posting.rank, posting.policy);
        }
        return true;
    }

    bool lookUpTemplates(Needle& needle, Field field, Effort& effort)
    {
        std::vector<std::uint64_t> found;
        m_index.m_expressions.search(needle, field, effort, found);
        return std::all_of(found.begin(), found.end(), [this](std::uint64_t hash) { return lookUp(hash); });
    }

    bool lookUp(std::string_view text, Field field)
    {
        const Asked& asked = m_index.m_asked[static_cast<std::size_t>(field)];
        if (!lookUpParts<PrefixHash>(text, field, KeyKind::Prefix, asked.prefixes)) return false;
        if (!lookUpEnds(text, field, asked)) return false;
        const bool again = m_index.m_lengths[static_cast<std::size_t>(field)].mayEndWithLineFeed;
        return !again || !endsWithLineFeed(text) || lookUpEnds(text.substr(0, text.size() - 1), field, asked);
    }

private:
    bool lookUpEnds(std::string_view text, Field field, const Asked& asked)
    {
        if (asked.whole && text.size() <= asked.longestWhole &&
            !lookUp(PrefixHash(text).of(text.size(), field, KeyKind::Whole)))
            return false;
        return lookUpParts<SuffixHash>(text, field, KeyKind::Suffix, asked.suffixes);
    }

    // Some at once, so that the processor does not wait for one after the other.
    template <class Hash>
    bool lookUpParts(std::string_view text, Field field, KeyKind kind, const std::vector<std::uint16_t>& lengths)
    {
        std::array<std::uint64_t, hashesAtOnce> hashes;
        Hash hash(text);
        auto length = lengths.begin();
        const auto last = std::upper_bound(length, lengths.end(), text.size());
        while (length != last) {
            std::size_t count = 0;
            for (; length != last && count < hashesAtOnce; ++length, ++count) {
                hashes[count] = hash.of(*length, field, kind);
                m_index.m_filter.announce(hashes[count]);
            }
            for (std::size_t i = 0; i < count; ++i)
                if (!lookUp(hashes[i])) return false;
        }
        return true;
    }

    const PolicyIndex& m_index;
    const std::size_t m_most;
    Candidates& m_candidates;
};

bool PolicyIndex::collect(Question& question, std::size_t most, Candidates& candidates) const
{
    Collector collector(*this, most, candidates);
    if (m_concernsAll && !collector.lookUp(candidateOfAll)) return false;
    const auto lookUp = [&](Needle& needle, Field field) {
        const bool byTemplates = m_expressions.has(field);
        if (m_asked[static_cast<std::size_t>(field)].nothing() && !byTemplates) return true;
        return needle.isUtf8(question.effort) && collector.lookUp(needle.text(), field) &&
               (!byTemplates || collector.lookUpTemplates(needle, field, question.effort));
    };
    return lookUp(question.resource, Field::Resource) && lookUp(question.action, Field::Action) &&
           lookUp(question.subject, Field::Subject);
}

} // namespace iam::authz
