// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/condition.h"
#include "authz/explanation.h"
#include "authz/patternpool.h"
#include "authz/question.h"
#include "contract/decision.h"
#include "contract/policy.h"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace iam::authz {

/// One policy, ready to be asked. Immutable, shared by every PolicySet that holds it, safe on every thread. It is one
/// piece of memory with all that most decisions look at: which of many policies a request meets is not foreseen, and
/// every place in memory that was not looked at lately costs as much as evaluating one.
class CompiledPolicy {
public:
    /// Never fails: an entry that is no valid template becomes one that fails when it is reached, and what cannot be
    /// a condition's option makes a condition that never holds. Policies compiled with one pool share their entries,
    /// but for some short literals that each has itself, and copies of plain templates that hardly another one has.
    [[nodiscard]] static std::shared_ptr<const CompiledPolicy> compile(const contract::PolicyDocument& document,
                                                                       PatternPool& pool);
    CompiledPolicy(const CompiledPolicy&) = delete;
    CompiledPolicy& operator=(const CompiledPolicy&) = delete;

    [[nodiscard]] std::string_view id() const noexcept { return {bytes() + m_idAt, m_idSize}; }
    [[nodiscard]] std::string_view effect() const noexcept { return {bytes() + m_idAt + m_idSize, m_effectSize}; }
    /// The effect is exactly "allow"; every other one denies.
    [[nodiscard]] bool allows() const noexcept { return m_allows; }

    /// Lives as long as the policy.
    class Entry {
    public:
        /// Null for a literal that the policy has itself.
        [[nodiscard]] const Pattern* pattern() const noexcept { return m_pattern; }
        [[nodiscard]] bool isLiteral() const noexcept { return m_pattern == nullptr || m_pattern->isLiteral(); }
        [[nodiscard]] std::string_view text() const noexcept { return m_pattern ? m_pattern->text() : m_text; }
        /// As Pattern::match().
        [[nodiscard]] MatchResult match(Needle& needle, Effort& effort, std::string& fault) const;

    private:
        friend class CompiledPolicy;
        explicit Entry(std::string_view text) noexcept
            : m_text(text)
        {
        }
        explicit Entry(const Pattern* pattern, const std::byte* shape = nullptr) noexcept
            : m_pattern(pattern)
            , m_shape(shape)
        {
        }
        const Pattern* m_pattern = nullptr;
        const std::byte* m_shape = nullptr; ///< the policy's copy, or null
        std::string_view m_text;            ///< without a pattern
    };
    /// The entries of a list in the order written.
    class Entries {
    public:
        [[nodiscard]] std::size_t size() const noexcept { return m_last - m_first; }
        [[nodiscard]] Entry operator[](std::size_t place) const noexcept { return m_policy->entry(m_first + place); }

    private:
        friend class CompiledPolicy;
        Entries(const CompiledPolicy* policy, std::size_t first, std::size_t last) noexcept
            : m_policy(policy)
            , m_first(first)
            , m_last(last)
        {
        }
        const CompiledPolicy* m_policy;
        std::size_t m_first;
        std::size_t m_last;
    };
    [[nodiscard]] Entries actions() const noexcept { return {this, 0, m_subjectsAt}; }
    [[nodiscard]] Entries subjects() const noexcept { return {this, m_subjectsAt, m_resourcesAt}; }
    [[nodiscard]] Entries resources() const noexcept { return {this, m_resourcesAt, m_entryCount}; }

    struct Outcome {
        PolicyVerdict verdict = PolicyVerdict::Missed;
        std::string fault; ///< why a template could not be evaluated, or contract::reasonTooMuchWork; empty otherwise
    };
    /// Actions, then subjects, then resources, then conditions; the first miss ends it, and what was not reached is
    /// not looked at. With `trace` the way there is written into it, without changing the outcome.
    [[nodiscard]] Outcome evaluate(Question& question, PolicyExplanation* trace = nullptr) const;

    /// Says to the processor that this policy is going to be looked at. Costs next to nothing.
    void announce() const noexcept
    {
        for (std::size_t line = 0; line < announcedLines; ++line) __builtin_prefetch(bytes() + line * lineBytes);
    }

private:
    static constexpr std::size_t lineBytes = 64;     ///< of the processor's cache
    static constexpr std::size_t announcedLines = 5; ///< what policies of a few entries and a condition take

    struct NamedCondition {
        std::string key;
        CompiledCondition condition;
    };
    struct Parts;
    struct Release {
        void operator()(const CompiledPolicy* policy) const noexcept;
        std::shared_ptr<PolicyMemory> memory;
        std::size_t bytes;
    };
    /// The address of a pattern, of which a reference is held; or, by its lowest bits, what stands in the policy itself
    /// at the place that is said from bit 32 on: a literal, of the size said from the third bit on, or that address and
    /// behind it a copy of the pattern's shape.
    using Slot = std::uint64_t;
    static constexpr Slot slotKinds = 3;
    static constexpr Slot ownLiteral = 1;
    static constexpr Slot ownShape = 2;
    static constexpr unsigned sizeBit = 2;
    static constexpr unsigned placeBit = 32;

    explicit CompiledPolicy(Parts& parts) noexcept;
    ~CompiledPolicy();

    [[nodiscard]] const char* bytes() const noexcept { return reinterpret_cast<const char*>(this); }
    [[nodiscard]] std::span<const Slot> slots() const noexcept
    {
        return {reinterpret_cast<const Slot*>(this + 1), m_entryCount};
    }
    [[nodiscard]] std::span<const NamedCondition> conditions() const noexcept
    {
        return {reinterpret_cast<const NamedCondition*>(slots().data() + m_entryCount), m_conditionCount};
    }
    [[nodiscard]] Entry entry(std::size_t place) const noexcept
    {
        const Slot slot = slots()[place];
        const Slot kind = slot & slotKinds;
        if (kind == 0) return Entry(reinterpret_cast<const Pattern*>(static_cast<std::uintptr_t>(slot)));
        const char* const own = bytes() + (slot >> placeBit);
        if (kind == ownLiteral) return Entry({own, static_cast<std::uint32_t>(slot) >> sizeBit});
        return Entry(*reinterpret_cast<const Pattern* const*>(own),
                     reinterpret_cast<const std::byte*>(own) + sizeof(const Pattern*));
    }
    void announcePatterns() const noexcept;
    static bool matchList(Entries entries, Needle& needle, Effort& effort, Outcome& outcome, ListExplanation* trace);
    bool holdConditions(Question& question, PolicyExplanation* trace) const;

    // Behind these, in the same memory: the slots of actions, subjects and resources, the conditions, the shapes, and
    // the bytes of the literals, the id and the effect.
    std::uint32_t m_subjectsAt = 0;
    std::uint32_t m_resourcesAt = 0;
    std::uint32_t m_entryCount = 0;
    std::uint32_t m_conditionCount = 0;
    std::uint32_t m_idAt = 0; ///< in bytes
    std::uint32_t m_idSize = 0;
    std::uint32_t m_effectSize = 0;
    bool m_allows = false;
};

} // namespace iam::authz
