// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace iam::authz {

class CompiledPolicy;

/// The policies that a request has to be held against. Made to live on the stack for one decision.
class Candidates {
public:
    struct Entry {
        std::uint64_t rank;
        const CompiledPolicy* policy;
    };

    Candidates() = default;
    Candidates(const Candidates&) = delete;
    Candidates& operator=(const Candidates&) = delete;

    void add(std::uint64_t rank, const CompiledPolicy* policy)
    {
        if (m_size < few)
            m_few[m_size] = {rank, policy};
        else
            addToMany({rank, policy});
        ++m_size;
    }
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] const Entry* begin() const noexcept { return m_many.empty() ? m_few : m_many.data(); }
    [[nodiscard]] const Entry* end() const noexcept { return begin() + m_size; }

    /// Puts them into evaluation order, each once.
    void sort()
    {
        if (m_size < 2) return;
        Entry* const first = m_many.empty() ? m_few : m_many.data();
        Entry* const last = first + m_size;
        std::sort(first, last, [](const Entry& a, const Entry& b) { return a.rank > b.rank; });
        m_size = static_cast<std::size_t>(
            std::unique(first, last, [](const Entry& a, const Entry& b) { return a.rank == b.rank; }) - first);
    }

private:
    static constexpr std::size_t few = 64;

    void addToMany(Entry entry)
    {
        if (m_many.empty()) m_many.assign(m_few, m_few + few);
        m_many.push_back(entry);
    }

    std::size_t m_size = 0;
    Entry m_few[few]; // left as it is: most of it is never used
    std::vector<Entry> m_many;
};

} // namespace iam::authz
