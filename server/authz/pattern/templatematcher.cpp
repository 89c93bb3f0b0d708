// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/templatematcher.h"
#include "authz/pattern/measure.h"
#include "authz/pattern/template.h"
#include "authz/quote.h"

namespace iam::authz {

namespace {

constexpr std::int64_t readingStepsPerByte = 60;

} // namespace

bool MatcherMemory::take(std::size_t bytes) noexcept
{
    std::size_t used = m_used;
    do {
        if (bytes > m_most || used > m_most - bytes) return false;
    } while (!m_used.compare_exchange_weak(used, used + bytes));
    return true;
}

struct TemplateMatcher::Compiled {
    Alphabet alphabet;
    std::unique_ptr<const Matcher> matcher;
    std::string fault; ///< when there is none
    std::size_t longestText = 0;

    [[nodiscard]] std::size_t bytes() const
    {
        return sizeof(Compiled) + alphabet.bytes() + fault.size() + (matcher ? matcher->bytes() : 0);
    }
};

TemplateMatcher::TemplateMatcher(std::string_view entry, const Node& root, MatcherMemory& memory)
    : m_entry(entry)
    , m_memory(memory)
{
    const Spelling spelling(root);
    if (!m_memory.isFull()) {
        auto made = std::make_unique<const Compiled>(compile(m_entry, root, spelling));
        if (m_memory.take(made->bytes())) m_held = std::move(made);
    }
    m_cost = static_cast<std::int64_t>(m_entry.size()) * readingStepsPerByte + costOfCompiling(root, spelling);
}

TemplateMatcher::~TemplateMatcher()
{
    if (m_held) m_memory.giveBack(m_held->bytes());
}

TemplateMatcher::Compiled TemplateMatcher::compile(std::string_view entry, const Node& root, const Spelling& spelling)
{
    Compiled compiled{spelling.alphabet(), nullptr, {}, longestText(root)};
    if (auto matcher = compilePattern(root, spelling))
        compiled.matcher = std::move(*matcher);
    else
        compiled.fault = "template " + quoted(entry) + " is not supported: " + matcher.error();
    return compiled;
}

std::string TemplateMatcher::check(std::string_view entry, const Node& root)
{
    return compile(entry, root, Spelling(root)).fault;
}

MatchResult TemplateMatcher::match(Needle& needle, Effort& effort, std::string& fault) const
{
    if (m_held) return match(*m_held, needle, effort, fault);
    if (!effort.spend(m_cost)) return MatchResult::LimitReached;
    const auto root = readTemplate(m_entry); // again: the tree is large
    return match(compile(m_entry, **root, Spelling(**root)), needle, effort, fault);
}

MatchResult TemplateMatcher::match(const Compiled& compiled, Needle& needle, Effort& effort, std::string& fault) const
{
    if (!compiled.matcher) {
        fault = compiled.fault;
        return MatchResult::LimitReached;
    }
    constexpr std::size_t maxBytesPerRune = 4;
    std::string_view text = needle.text();
    if (text.size() / maxBytesPerRune > compiled.longestText) return MatchResult::No;
    std::string spelled;
    if (!needle.isAscii(effort)) {
        if (!compiled.alphabet.spell(text, effort, spelled)) return MatchResult::LimitReached;
        text = spelled;
    }
    const MatchResult result = compiled.matcher->search(text, effort);
    if (result == MatchResult::LimitReached) fault = "match limit reached on template " + quoted(m_entry);
    return result;
}

} // namespace iam::authz
