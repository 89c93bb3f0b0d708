// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern.h"
#include "authz/pattern/measure.h"
#include "authz/pattern/template.h"
#include "authz/pattern/templatematcher.h"
#include "authz/patternhome.h"
#include "base/text.h"
#include "contract/decision.h"
#include <algorithm>

namespace iam::authz {

namespace {

constexpr std::int64_t literalBytesPerStep = 256;
constexpr std::int64_t recallingSteps = 4;

} // namespace

Pattern::Pattern(std::shared_ptr<Home> home, std::string_view text)
    : m_before(static_cast<std::uint32_t>(std::min(text.find('<'), text.size())))
    , m_text(text)
    , m_home(std::move(home))
{
    if (!isTemplate(m_text)) return;
    const auto root = readTemplate(m_text);
    if (!root)
        m_rule = std::make_unique<const std::string>(root.error());
    else if (auto shape = Shape::of(**root, m_before))
        m_rule = std::move(shape);
    else
        m_rule = std::make_unique<const TemplateMatcher>(m_text, **root, m_home->memory);
}

Pattern::~Pattern() = default;

// It stands for itself whatever options the parts set.
std::string_view Pattern::textBeforeParts() const
{
    return std::string_view(m_text).substr(0, m_before);
}

std::string_view Pattern::text() const noexcept
{
    return m_text;
}

bool Pattern::isLiteral() const noexcept
{
    return std::holds_alternative<Literal>(m_rule);
}

std::optional<Shape> Pattern::shape() const noexcept
{
    const auto* bytes = std::get_if<Shape::Bytes>(&m_rule);
    return bytes ? std::optional(Shape(bytes->get())) : std::nullopt;
}

MatchResult Pattern::match(Shape shape, Needle& needle, Effort& effort, std::string& fault)
{
    const bool matches = shape.matches(needle.text(), effort);
    if (effort.isSpent()) {
        fault = contract::reasonTooMuchWork;
        return MatchResult::LimitReached;
    }
    return matches ? MatchResult::Yes : MatchResult::No;
}

MatchResult Pattern::match(Needle& needle, Effort& effort, std::string& fault) const
{
    const std::string_view text = needle.text();
    MatchResult result = MatchResult::No;
    if (isLiteral()) {
        if (text.size() != m_text.size()) return MatchResult::No;
        effort.spend(static_cast<std::int64_t>(text.size()) / literalBytesPerStep);
        return text == m_text ? MatchResult::Yes : MatchResult::No;
    }
    if (const auto* broken = std::get_if<Fault>(&m_rule)) {
        fault = **broken;
        return MatchResult::LimitReached;
    }
    if (const auto shape = this->shape()) return match(*shape, needle, effort, fault);
    if (!text.starts_with(textBeforeParts())) {
        effort.spend(Effort::otherBeginning);
    } else {
        effort.spend(recallingSteps);
        if (const auto known = needle.answerOf(this)) {
            result = *known ? MatchResult::Yes : MatchResult::No;
        } else {
            result = std::get<std::unique_ptr<const TemplateMatcher>>(m_rule)->match(needle, effort, fault);
            if (result != MatchResult::LimitReached) needle.keepAnswer(this, result == MatchResult::Yes);
        }
    }
    if (effort.isSpent()) {
        fault = contract::reasonTooMuchWork;
        return MatchResult::LimitReached;
    }
    return result;
}

Outline Pattern::outline() const
{
    Outline outline;
    if (isLiteral()) {
        outline.literals = {m_text};
        outline.prefix = outline.suffix = m_text;
    } else if (const auto shape = this->shape()) {
        outline.literals = shape->texts();
        outline.prefix = shape->prefix();
        outline.suffix = shape->suffix();
        outline.mayEndWithLineFeed = true;
    } else if (std::holds_alternative<Fault>(m_rule)) {
        outline.alwaysFails = true;
    } else {
        const auto root = readTemplate(m_text);
        outline.canFail = !neverReachesLimit(**root);
        if (!outline.canFail) {
            outline.prefix = textBegin(**root);
            outline.suffix = textEnd(**root);
        }
        if (outline.prefix.size() < textBeforeParts().size()) outline.prefix = textBeforeParts();
        outline.mayEndWithLineFeed = true;
    }
    return outline;
}

std::optional<std::string> Pattern::check(std::string_view entry)
{
    if (!isTemplate(entry)) return std::nullopt;
    const std::string text = text::toUtf8(entry);
    const auto root = readTemplate(text);
    if (!root) return root.error();
    if (std::string fault = TemplateMatcher::check(text, **root); !fault.empty()) return fault;
    return std::nullopt;
}

} // namespace iam::authz
