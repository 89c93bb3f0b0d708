// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include "authz/needle.h"
#include "authz/pattern/matcher.h"
#include "authz/pattern/shape.h"
#include <atomic>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace iam::authz {

class TemplateMatcher;
class PatternPool;

/// What is true of every needle that a pattern matches or fails on, without running anything. A needle of which it is
/// not true is answered No.
struct Outline {
    /// No valid template: fails on every needle. Nothing else is said then.
    bool alwaysFails = false;
    /// Some needle may be more than the pattern's engine does (the decision's own Effort apart).
    bool canFail = false;
    /// When not empty: the needle is one of these texts. Never given when the pattern can fail.
    std::vector<std::string> literals;
    /// The needle begins with it.
    std::string prefix;
    /// The needle ends with it. Empty when the pattern can fail.
    std::string suffix;
    /// Behind `literals` and `suffix` the needle may have one line feed more.
    bool mayEndWithLineFeed = false;
};

/// One entry of a list. Without `<` it is a literal; otherwise a template: literal text around regular expressions
/// in <…>, which together must match the whole needle, where the end may lie before a final line feed. Immutable and
/// shared; any number of threads. Made by PatternPool. Regular expressions are compiled with it while the pool has
/// memory for them, and otherwise each time they are asked.
class Pattern {
public:
    /// As written; of a template, with U+FFFD for what is no UTF-8.
    [[nodiscard]] std::string_view text() const noexcept;
    [[nodiscard]] bool isLiteral() const noexcept;

    /// LimitReached stands for every kind of failure; `fault` then says why: contract::reasonTooMuchWork when the
    /// effort is spent. A template that is not valid fails with every needle.
    [[nodiscard]] MatchResult match(Needle& needle, Effort& effort, std::string& fault) const;

    [[nodiscard]] Outline outline() const;

    /// What match() goes by when that is all there is; lives as long as the pattern.
    [[nodiscard]] std::optional<Shape> shape() const noexcept;
    /// What match() of a pattern with that shape says.
    [[nodiscard]] static MatchResult match(Shape shape, Needle& needle, Effort& effort, std::string& fault);
    /// By how many pointers it is held at the moment.
    [[nodiscard]] std::uint32_t holders() const noexcept { return m_references.load(std::memory_order_relaxed); }

    /// Why an entry is no valid template, or nothing; also what neither engine takes is not valid here. Costs a
    /// compilation.
    [[nodiscard]] static std::optional<std::string> check(std::string_view entry);

    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

private:
    friend class PatternPool;
    friend void intrusive_ptr_add_ref(const Pattern* pattern) noexcept;
    friend void intrusive_ptr_release(const Pattern* pattern) noexcept;
    struct Literal {};
    using Fault = std::unique_ptr<const std::string>;
    using Rule = std::variant<Literal, Fault, Shape::Bytes, std::unique_ptr<const TemplateMatcher>>;
    class Home;

    Pattern(std::shared_ptr<Home> home, std::string_view text);
    ~Pattern();

    [[nodiscard]] std::string_view textBeforeParts() const;

    mutable std::atomic<std::uint32_t> m_references = 0;
    std::uint32_t m_before; // the size of a template's text before its first part
    std::string m_text;
    Rule m_rule;
    std::shared_ptr<Home> m_home;
};
using PatternPtr = boost::intrusive_ptr<const Pattern>;

void intrusive_ptr_add_ref(const Pattern* pattern) noexcept;
void intrusive_ptr_release(const Pattern* pattern) noexcept;

/// Whether an entry is a template; others are literals.
[[nodiscard]] inline bool isTemplate(std::string_view entry)
{
    return entry.find('<') != std::string_view::npos;
}

/// Templates beyond this many bytes fail.
inline constexpr std::size_t maxTemplateBytes = 65'536;

} // namespace iam::authz
