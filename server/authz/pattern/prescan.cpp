// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/scanner.h"

// The first pass. It reads more loosely than the second one (faults are left to that), and what it takes for a group
// decides which references and names exist.
namespace iam::authz {

bool Scanner::countGroups()
{
    m_groups = {0};
    m_nextGroup = 1;
    while (left() > 0) {
        switch (take()) {
        case '\\':
            if (left() > 0) takeEscape(false);
            break;
        case '#':
            if (m_options.extended) {
                --m_position;
                skipBlank();
            }
            break;
        case '[':
            takeClass(false, false);
            break;
        case ')':
            if (!m_savedOptions.empty()) {
                m_options = m_savedOptions.back();
                m_savedOptions.pop_back();
            }
            break;
        case '(':
            if (left() >= 2 && peek(0) == '?' && peek(1) == '#') {
                --m_position;
                skipBlank();
                m_ignoreNextParenthesis = false;
                break;
            }
            m_fault.clear();
            if (!countGroupOpening()) return false;
            break;
        default:
            break;
        }
        m_fault.clear();
    }
    for (const std::u32string& name : m_nameOrder) {
        while (m_groups.contains(m_nextGroup)) ++m_nextGroup;
        m_groups.insert(m_nextGroup++);
        m_names.insert(name);
    }
    return true;
}

bool Scanner::countGroupOpening()
{
    m_savedOptions.push_back(m_options);
    if (!isNext('?')) {
        if (!m_options.explicitGroups && !m_ignoreNextParenthesis) m_groups.insert(m_nextGroup++);
        m_ignoreNextParenthesis = false;
        return true;
    }
    ++m_position;
    if (left() > 1 && (peek() == '<' || peek() == '\'')) {
        ++m_position;
        if (!countNamedGroup()) return false;
    } else if (left() > 2 && peek(0) == 'P' && peek(1) == '<') {
        m_position += 2;
        if (isWordRune(peek())) noteName(takeName());
    } else {
        takeOptions();
        if (isNext(')')) {
            ++m_position;
            m_savedOptions.pop_back();
        } else if (isNext('(')) {
            m_ignoreNextParenthesis = true; // the condition of (?(condition)yes|no) does not count
            return true;
        }
    }
    m_ignoreNextParenthesis = false;
    return true;
}

bool Scanner::countNamedGroup()
{
    const char32_t first = peek();
    if (first == '0' || !isWordRune(first)) return true;
    if (first < '1' || first > '9') {
        noteName(takeName());
        return true;
    }
    const auto number = takeDecimal();
    if (!number) return false;
    m_groups.insert(*number);
    return true;
}

void Scanner::noteName(std::u32string name)
{
    for (const std::u32string& known : m_nameOrder)
        if (known == name) return;
    m_nameOrder.push_back(std::move(name));
}

} // namespace iam::authz
