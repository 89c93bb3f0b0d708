// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern.h"
#include "authz/pattern/lazymatcher.h"
#include "authz/pattern/template.h"
#include "authz/patternhome.h"
#include "base/text.h"
#include "contract/decision.h"

namespace iam::authz {

Pattern::Pattern(std::shared_ptr<Home> home, std::string_view text)
    : m_home(std::move(home))
    , m_text(text)
{
    if (!isTemplate(m_text)) return;
    if (const auto root = readTemplate(m_text))
        m_rule = std::make_unique<const LazyMatcher>(m_text, m_home->memory);
    else
        m_rule = std::make_unique<const std::string>(root.error());
}

Pattern::~Pattern() = default;

std::string_view Pattern::text() const noexcept
{
    return m_text;
}

bool Pattern::isLiteral() const noexcept
{
    return std::holds_alternative<Literal>(m_rule);
}

MatchResult Pattern::match(Needle& needle, Effort& effort, std::string& fault) const
{
    const std::string_view text = needle.text();
    if (isLiteral()) return text == m_text ? MatchResult::Yes : MatchResult::No;
    if (const auto* broken = std::get_if<Fault>(&m_rule)) {
        fault = **broken;
        return MatchResult::LimitReached;
    }
    // The text before the first part stands for itself whatever options the parts set.
    if (!text.starts_with(std::string_view(m_text).substr(0, m_text.find('<')))) return MatchResult::No;
    const MatchResult result = std::get<std::unique_ptr<const LazyMatcher>>(m_rule)->match(needle, effort, fault);
    if (result == MatchResult::LimitReached && effort.isSpent()) fault = contract::reasonTooMuchWork;
    return result;
}

Outline Pattern::outline() const
{
    Outline outline;
    if (isLiteral()) {
        outline.literals = {m_text};
        outline.prefix = outline.suffix = m_text;
    } else if (std::holds_alternative<Fault>(m_rule)) {
        outline.alwaysFails = true;
    } else {
        outline.canFail = true;
        outline.prefix = m_text.substr(0, m_text.find('<'));
    }
    return outline;
}

std::optional<std::string> Pattern::check(std::string_view entry)
{
    if (!isTemplate(entry)) return std::nullopt;
    const std::string text = text::toUtf8(entry);
    const auto root = readTemplate(text);
    if (!root) return root.error();
    if (std::string fault = LazyMatcher::check(text, **root); !fault.empty()) return fault;
    return std::nullopt;
}

} // namespace iam::authz
