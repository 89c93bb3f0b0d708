// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/lazymatcher.h"
#include "authz/pattern/measure.h"
#include "authz/pattern/template.h"
#include "authz/quote.h"

namespace iam::authz {

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

LazyMatcher::LazyMatcher(std::string_view entry, MatcherMemory& memory)
    : m_entry(entry)
    , m_memory(memory)
{
}

LazyMatcher::~LazyMatcher()
{
    for (const auto& place : m_forms) {
        const std::unique_ptr<const Form> form(place.load());
        if (form) m_memory.giveBack(form->bytes());
    }
}

LazyMatcher::Form LazyMatcher::compile(std::string_view entry, const Node& root, Alphabet alphabet)
{
    Form form;
    form.longestText = longestText(root);
    if (auto matcher = compilePattern(root, alphabet))
        form.matcher = std::move(*matcher);
    else
        form.fault = "template " + quoted(entry) + " is not supported: " + matcher.error();
    return form;
}

std::string LazyMatcher::check(std::string_view entry, const Node& root)
{
    for (const Alphabet alphabet : {Alphabet::Ascii, Alphabet::Unicode})
        if (Form form = compile(entry, root, alphabet); !form.matcher) return form.fault;
    return {};
}

MatchResult LazyMatcher::match(Needle& needle, Effort& effort, std::string& fault) const
{
    auto& place = m_forms[needle.alphabet() == Alphabet::Ascii ? 0 : 1];
    if (const Form* known = place.load(std::memory_order_acquire)) return match(*known, needle, effort, fault);

    const auto root = readTemplate(m_entry); // again: most templates never get here, and the tree is large
    auto made = std::make_unique<const Form>(compile(m_entry, **root, needle.alphabet()));
    const std::size_t bytes = made->bytes();
    if (!m_memory.take(bytes)) return match(*made, needle, effort, fault);
    const Form* form = nullptr;
    if (place.compare_exchange_strong(form, made.get(), std::memory_order_acq_rel)) {
        form = made.release();
    } else {
        m_memory.giveBack(bytes); // another thread was faster
    }
    return match(*form, needle, effort, fault);
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
