// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/index/candidates.h"
#include "authz/index/expressions.h"
#include "authz/index/keyfilter.h"
#include "authz/index/policykeys.h"
#include "authz/index/policysequence.h"
#include "authz/question.h"
#include "base/hashedtable.h"
#include <optional>

namespace iam::authz {

/// Which policies a request may concern at all. Every policy is posted under keys of one of its lists: the hashes of
/// texts, beginnings or ends of which the needle must have one, or of templates of which it must match one. A request
/// hashes its needles, searches them for the templates, some dozen of which are one search, and finds the policies
/// posted there, its candidates. That the others need not be looked at follows so:
///
///  - A policy is evaluated action by subject by resource by conditions, and ends at the first miss. When the needle
///  has
///    none of the keys of the list under which a policy is posted, no entry of that list matches, and none fails:
///    Outline says of an entry what is true of every needle on which it matches or fails.
///  - A list is used for posting only when no entry of the lists before it can fail with any needle. So the policy
///    misses: in an earlier list, which ends it, or in this one. Lists and conditions behind it are not reached.
///  - A list of which some entry has no such key (it may fail, is no valid template, or there is no room for it among
///    the templates) is not used. Where no list can be used the policy is posted as a candidate of every request.
///  - Keys are equal when their hashes are; that different ones may have the same only makes a candidate more.
///  - Outlines speak of UTF-8. A request with a needle that is none is answered by all policies.
///
/// Of the lists that can be used the one is taken under whose keys the fewest policies are, and of equal ones that with
/// the longer keys; when many come to be under one key, they choose anew bit by bit. Immutable but for change(); copies
/// share what did not change. A value like any other as to threads.
class PolicyIndex {
public:
    struct Change {
        std::uint64_t rank = 0;
        const CompiledPolicy* before = nullptr; ///< null: it is new
        const CompiledPolicy* after = nullptr;  ///< null: it is gone
    };

    PolicyIndex() = default;
    /// The policies must outlive the index and its copies, or be taken out of it.
    explicit PolicyIndex(const PolicySequence& policies);

    /// A rank comes once at most.
    void change(const std::vector<Change>& changes);

    /// Adds the candidates, in no order and some twice. False when they are more than `most`, or cannot be told: then
    /// all policies are to be looked at.
    [[nodiscard]] bool collect(Question& question, std::size_t most, Candidates& candidates) const;

private:
    struct Posting {
        std::uint64_t hash = 0;
        std::uint64_t rank = 0;
        const CompiledPolicy* policy = nullptr;
    };
    using Postings = HashedTable<Posting>;
    class Collector;

    /// What is to be looked up of one of the needles: the lengths of what was ever posted.
    struct Asked {
        std::vector<std::uint16_t> prefixes; ///< rising
        std::vector<std::uint16_t> suffixes; ///< rising
        std::size_t longestWhole = 0;
        bool whole = false;

        void add(const PolicyKey& key);
        [[nodiscard]] bool nothing() const { return !whole && prefixes.empty() && suffixes.empty(); }
    };

    template <class Count>
    void post(const PolicyKeys& keys, std::uint64_t rank, const CompiledPolicy* policy, const Count& count,
              std::vector<Posting>& postings);

    /// What it costs to be put under that key, in policies met; nothing when that cannot be.
    template <class Count>
    [[nodiscard]] std::optional<std::size_t> costOf(const PolicyKey& key, const Count& count) const;
    void apply(const std::vector<Postings::Key>& erased, std::vector<Posting> put);
    void filter(std::size_t room);

    Postings m_postings;
    KeyFilter m_filter; ///< has the hashes of the postings, and of some that are gone
    Lengths m_lengths;
    std::array<Asked, fieldCount> m_asked;
    Expressions m_expressions;
    bool m_concernsAll = false; ///< a candidate of every request was ever posted
};

} // namespace iam::authz
