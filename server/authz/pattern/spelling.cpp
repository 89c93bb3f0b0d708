// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/spelling.h"
#include <algorithm>
#include <limits>
#include <utility>

namespace iam::authz {

namespace {

constexpr char32_t firstBeyond = 0x80; // ASCII
constexpr char32_t lastOfAllRunes = 0x10FFFF;

// What is done, in intervals that are looked at.
constexpr std::size_t workOfSorting = 8;
constexpr std::size_t workOfSearching = 4;
constexpr std::size_t workOfClass = 4;

// The surrogates, which are in no text, go with the runes before them.
char32_t behind(const RuneRange& range)
{
    return range.last == 0xD7FF ? 0xE000 : range.last + 1;
}

/// Intervals of runes, divided into classes by one set after the other.
class Partition {
public:
    explicit Partition(const std::vector<RuneSet>& sets)
        : m_starts{firstBeyond}
    {
        for (const RuneSet& set : sets) {
            for (const RuneRange& range : set.ranges()) {
                if (range.last < firstBeyond) continue;
                m_starts.push_back(std::max(range.first, firstBeyond));
                if (range.last < lastOfAllRunes) m_starts.push_back(behind(range));
            }
        }
        m_work += m_starts.size() * workOfSorting;
        std::sort(m_starts.begin(), m_starts.end());
        m_starts.erase(std::unique(m_starts.begin(), m_starts.end()), m_starts.end());
        m_classes.resize(m_starts.size(), 0);
        m_sizes = {m_starts.size()};
        m_touched = {0};
        m_next = {0};
        for (const RuneSet& set : sets) divide(set);
        numberInOrder();
    }

    [[nodiscard]] std::size_t work() const noexcept { return m_work; }
    [[nodiscard]] Alphabet alphabet() const
    {
        std::vector<Alphabet::Run> runs;
        for (std::size_t i = 0; i < m_starts.size(); ++i)
            if (i == 0 || m_classes[i] != m_classes[i - 1])
                runs.push_back({m_starts[i], Alphabet::letter(m_classes[i])});
        return Alphabet(std::move(runs), m_sizes.size());
    }

    [[nodiscard]] RuneSet letters(const RuneSet& set)
    {
        std::vector<RuneRange> ranges;
        for (const RuneRange& range : set.ranges())
            if (range.first < firstBeyond)
                ranges.push_back({range.first, std::min<char32_t>(range.last, firstBeyond - 1)});
        for (const std::size_t number : touchedBy(set)) {
            m_touched[number] = 0;
            ranges.push_back({Alphabet::letter(number), Alphabet::letter(number)});
        }
        return RuneSet(std::move(ranges));
    }

private:
    template <typename Visit>
    void visit(const RuneSet& set, const Visit& visit)
    {
        for (const RuneRange& range : set.ranges()) {
            if (range.last < firstBeyond) continue;
            m_work += workOfSearching;
            const auto first = std::lower_bound(m_starts.begin(), m_starts.end(), std::max(range.first, firstBeyond));
            for (auto start = first; start != m_starts.end() && *start < behind(range); ++start, ++m_work)
                visit(static_cast<std::size_t>(start - m_starts.begin()));
        }
    }

    // The classes of the set's intervals. How many they are of each is counted in m_touched, which is to be cleared.
    [[nodiscard]] std::vector<std::size_t> touchedBy(const RuneSet& set)
    {
        std::vector<std::size_t> classes;
        visit(set, [&](std::size_t interval) {
            const std::size_t number = m_classes[interval];
            if (m_touched[number]++ == 0) classes.push_back(number);
        });
        m_work += classes.size() * workOfClass;
        return classes;
    }

    // A class of which only a part is in the set becomes two.
    void divide(const RuneSet& set)
    {
        for (const std::size_t number : touchedBy(set)) {
            const std::size_t touched = std::exchange(m_touched[number], 0);
            m_next[number] = number;
            if (touched == m_sizes[number]) continue;
            m_next[number] = m_sizes.size();
            m_sizes[number] -= touched;
            m_sizes.push_back(touched);
            m_touched.push_back(0);
            m_next.push_back(0);
        }
        visit(set, [&](std::size_t interval) { m_classes[interval] = m_next[m_classes[interval]]; });
    }

    void numberInOrder()
    {
        constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
        std::vector<std::size_t> numbers(m_sizes.size(), none);
        std::size_t next = 0;
        for (std::size_t& number : m_classes) {
            if (numbers[number] == none) numbers[number] = next++;
            number = numbers[number];
        }
    }

    std::size_t m_work = 0;
    std::vector<char32_t> m_starts;     // of the intervals
    std::vector<std::size_t> m_classes; // of each interval
    std::vector<std::size_t> m_sizes;   // in intervals, of each class
    std::vector<std::size_t> m_touched; // of each class, by the set that is looked at
    std::vector<std::size_t> m_next;    // of each class, what its touched intervals become
};

} // namespace

Spelling::Spelling(const Node& root)
{
    collect(root);
    m_alphabet = partition();
}

Spelling::Spelling(std::span<const NodePtr> roots)
{
    for (const NodePtr& root : roots) collect(*root);
    m_alphabet = partition();
}

std::size_t Spelling::Hash::operator()(const RuneSet& set) const noexcept
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const RuneRange& range : set.ranges())
        for (const char32_t rune : {range.first, range.last}) hash = (hash ^ rune) * 0x100000001b3U;
    return hash;
}

std::size_t Spelling::placeOf(const Node& node)
{
    constexpr std::size_t workOfSet = 15;
    constexpr std::size_t workOfLowering = 75;
    RuneSet runes = node.runes();
    m_work += workOfSet + runes.ranges().size() + (node.ignoreCase ? workOfLowering : 0);
    return placeOf(std::move(runes));
}

std::size_t Spelling::placeOf(RuneSet runes)
{
    const auto [known, isNew] = m_known.try_emplace(runes, m_sets.size());
    if (isNew) m_sets.push_back(std::move(runes));
    return known->second;
}

void Spelling::collect(const Node& node)
{
    if (node.kind == Node::Kind::One || node.kind == Node::Kind::NotOne) {
        const auto [known, isNew] = m_single.try_emplace({node.kind, node.ignoreCase, node.rune}, 0);
        if (isNew) known->second = placeOf(node);
        m_places[&node] = known->second;
    } else if (node.kind == Node::Kind::Set) {
        m_places[&node] = placeOf(node);
    } else if (node.kind == Node::Kind::Boundary || node.kind == Node::Kind::NoBoundary) {
        m_wordPlace = placeOf(wordRunes());
        m_work += wordRunes().ranges().size();
    }
    for (const NodePtr& child : node.children) collect(*child);
}

Alphabet Spelling::partition()
{
    Partition partition(m_sets);
    for (RuneSet& set : m_sets) set = partition.letters(set);
    m_all = partition.letters(RuneSet::all());
    m_work += partition.work();
    m_known.clear();
    m_single.clear();
    return partition.alphabet();
}

} // namespace iam::authz
