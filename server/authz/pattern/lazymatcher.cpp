// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/lazymatcher.h"
#include "authz/pattern/measure.h"
#include "authz/pattern/template.h"
#include "authz/quote.h"

namespace iam::authz {

namespace {

constexpr std::int64_t readingStepsPerByte = 100;

} // namespace

bool MatcherMemory::take(std::size_t bytes) noexcept
{
    std::size_t used = m_used;
    do {
        if (bytes > m_most || used > m_most - bytes) return false;
    } while (!m_used.compare_exchange_weak(used, used + bytes));
    return true;
}

struct LazyMatcher::Form {
    std::unique_ptr<const Matcher> matcher;
    std::string fault;
    std::size_t longestText = 0;

    [[nodiscard]] std::size_t bytes() const { return sizeof(Form) + fault.size() + (matcher ? matcher->bytes() : 0); }
};

LazyMatcher::LazyMatcher(std::string_view entry, const Node& root, MatcherMemory& memory)
    : m_entry(entry)
    , m_memory(memory)
{
    for (const Alphabet alphabet : {Alphabet::Ascii, Alphabet::Unicode}) {
        if (alphabet == Alphabet::Ascii ? m_memory.isFull() : m_memory.isHalfFull()) return;
        auto made = std::make_unique<const Form>(compile(m_entry, root, alphabet, Compiling::Ahead));
        static_cast<void>(keep(made, alphabet));
    }
}

LazyMatcher::~LazyMatcher()
{
    for (const auto& place : m_forms) {
        const std::unique_ptr<const Form> form(place.load());
        if (form) m_memory.giveBack(form->bytes());
    }
}

LazyMatcher::Form LazyMatcher::compile(std::string_view entry, const Node& root, Alphabet alphabet, Compiling when)
{
    Form form;
    form.longestText = longestText(root);
    if (auto matcher = compilePattern(root, alphabet, when))
        form.matcher = std::move(*matcher);
    else
        form.fault = "template " + quoted(entry) + " is not supported: " + matcher.error();
    return form;
}

std::string LazyMatcher::check(std::string_view entry, const Node& root)
{
    for (const Alphabet alphabet : {Alphabet::Ascii, Alphabet::Unicode})
        if (Form form = compile(entry, root, alphabet, Compiling::Ahead); !form.matcher) return form.fault;
    return {};
}

// The form that is kept from now on: `made`, or another thread's. Null when there is no memory.
const LazyMatcher::Form* LazyMatcher::keep(std::unique_ptr<const Form>& made, Alphabet alphabet) const
{
    const std::size_t bytes = made->bytes();
    if (!m_memory.take(bytes)) return nullptr;
    const Form* kept = nullptr;
    if (m_forms[placeOf(alphabet)].compare_exchange_strong(kept, made.get(), std::memory_order_acq_rel))
        return made.release();
    m_memory.giveBack(bytes);
    return kept;
}

MatchResult LazyMatcher::match(Needle& needle, Effort& effort, std::string& fault) const
{
    const Alphabet alphabet = needle.alphabet();
    if (const Form* known = m_forms[placeOf(alphabet)].load(std::memory_order_acquire))
        return match(*known, needle, effort, fault);

    // Reads it again: most templates never get here, and the tree is large.
    if (!effort.spend(static_cast<std::int64_t>(m_entry.size()) * readingStepsPerByte))
        return MatchResult::LimitReached;
    const auto root = readTemplate(m_entry);
    if (!effort.spend(costOfCompiling(**root, alphabet))) return MatchResult::LimitReached;
    auto made = std::make_unique<const Form>(compile(m_entry, **root, alphabet, Compiling::Now));
    const Form* kept = keep(made, alphabet);
    return match(kept ? *kept : *made, needle, effort, fault);
}

MatchResult LazyMatcher::match(const Form& form, Needle& needle, Effort& effort, std::string& fault) const
{
    if (!form.matcher) {
        fault = form.fault;
        return MatchResult::LimitReached;
    }
    constexpr std::size_t maxBytesPerRune = 4;
    if (needle.text().size() / maxBytesPerRune > form.longestText) return MatchResult::No;
    const MatchResult result = form.matcher->search(needle.utf8(), effort);
    if (result == MatchResult::LimitReached) fault = "match limit reached on template " + quoted(m_entry);
    return result;
}

} // namespace iam::authz
