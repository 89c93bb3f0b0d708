// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/patternpool.h"
#include "base/text.h"
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace iam;

/// First line: a list entry; the rest: the text it is matched against. What is accepted must compile in an engine, and
/// what fails must say why.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > 4096) return 0;
    const std::string input(reinterpret_cast<const char*>(data), size);
    const std::size_t end = input.find('\n');
    const std::string entry = text::toUtf8(input.substr(0, end));
    const std::string needle = end == std::string::npos ? std::string() : input.substr(end + 1);

    if (!authz::isTemplate(entry)) return 0;
    const auto refused = authz::Pattern::check(entry);
    authz::PatternPool pool;
    authz::Needle asked(needle);
    authz::Effort effort;
    std::string fault;
    const authz::MatchResult result = pool.pattern(entry)->match(asked, effort, fault);
    const bool failed = result == authz::MatchResult::LimitReached;
    if (failed == fault.empty()) std::abort();
    if (!refused && failed && !fault.starts_with("match limit reached on template ")) std::abort();
    // Whatever the parser takes, an engine must take: only size and variable look-behind may be too much for one.
    if (refused && refused->starts_with("template \"") && refused->find("lookbehind") == std::string::npos &&
        refused->find("too large") == std::string::npos && refused->find("too complicated") == std::string::npos &&
        refused->find("too big") == std::string::npos && refused->find("too many") == std::string::npos &&
        refused->find("too long") == std::string::npos && refused->find("too deeply") == std::string::npos)
        std::abort();
    return 0;
}
