// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/charclass.h"
#include <algorithm>
#include <span>

namespace iam::authz {

namespace {

constexpr char32_t lastRune = 0x10FFFF;

// The white space of ECMAScript, which [:space:] means.
constexpr RuneRange ecmaSpace[] = {{0x09, 0x0d},     {0x20, 0x20},     {0xa0, 0xa0},     {0x1680, 0x1680},
                                   {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f},
                                   {0x3000, 0x3000}, {0xfeff, 0xfeff}};
constexpr RuneRange alnum[] = {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}};
constexpr RuneRange alpha[] = {{'A', 'Z'}, {'a', 'z'}};
constexpr RuneRange ascii[] = {{0, 0x7f}};
constexpr RuneRange blank[] = {{'\t', '\t'}, {' ', ' '}};
constexpr RuneRange cntrl[] = {{0, 0x1f}, {0x7f, 0x7f}};
constexpr RuneRange graph[] = {{'!', '~'}};
constexpr RuneRange lower[] = {{'a', 'z'}};
constexpr RuneRange print[] = {{' ', '~'}};
constexpr RuneRange punct[] = {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}};
constexpr RuneRange upper[] = {{'A', 'Z'}};
constexpr RuneRange word[] = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
constexpr RuneRange xdigit[] = {{'0', '9'}, {'A', 'F'}, {'a', 'f'}};

struct PosixClass {
    std::string_view name;
    std::span<const RuneRange> ranges;
};
constexpr PosixClass posixClasses[] = {{"alnum", alnum},  {"alpha", alpha}, {"ascii", ascii},     {"blank", blank},
                                       {"cntrl", cntrl},  {"graph", graph}, {"lower", lower},     {"print", print},
                                       {"punct", punct},  {"upper", upper}, {"space", ecmaSpace}, {"word", word},
                                       {"xdigit", xdigit}};

// The grammar lower-cases the ends of ranges by this table of its own, which is older than the Unicode one.
struct LowerRule {
    enum Kind { Set, Add, SetLowBit, AddLowBit };
    char32_t first;
    char32_t last;
    Kind kind;
    std::int32_t data;
};
using enum LowerRule::Kind;
constexpr LowerRule lowerRules[] = {
    {0x41, 0x5a, Add, 32},         {0xc0, 0xde, Add, 32},          {0x100, 0x12e, SetLowBit, 0},
    {0x130, 0x130, Set, 0x69},     {0x132, 0x136, SetLowBit, 0},   {0x139, 0x147, AddLowBit, 0},
    {0x14a, 0x176, SetLowBit, 0},  {0x178, 0x178, Set, 0xff},      {0x179, 0x17d, AddLowBit, 0},
    {0x181, 0x181, Set, 0x253},    {0x182, 0x184, SetLowBit, 0},   {0x186, 0x186, Set, 0x254},
    {0x187, 0x187, Set, 0x188},    {0x189, 0x18a, Add, 205},       {0x18b, 0x18b, Set, 0x18c},
    {0x18e, 0x18e, Set, 0x1dd},    {0x18f, 0x18f, Set, 0x259},     {0x190, 0x190, Set, 0x25b},
    {0x191, 0x191, Set, 0x192},    {0x193, 0x193, Set, 0x260},     {0x194, 0x194, Set, 0x263},
    {0x196, 0x196, Set, 0x269},    {0x197, 0x197, Set, 0x268},     {0x198, 0x198, Set, 0x199},
    {0x19c, 0x19c, Set, 0x26f},    {0x19d, 0x19d, Set, 0x272},     {0x19f, 0x19f, Set, 0x275},
    {0x1a0, 0x1a4, SetLowBit, 0},  {0x1a7, 0x1a7, Set, 0x1a8},     {0x1a9, 0x1a9, Set, 0x283},
    {0x1ac, 0x1ac, Set, 0x1ad},    {0x1ae, 0x1ae, Set, 0x288},     {0x1af, 0x1af, Set, 0x1b0},
    {0x1b1, 0x1b2, Add, 217},      {0x1b3, 0x1b5, AddLowBit, 0},   {0x1b7, 0x1b7, Set, 0x292},
    {0x1b8, 0x1b8, Set, 0x1b9},    {0x1bc, 0x1bc, Set, 0x1bd},     {0x1c4, 0x1c5, Set, 0x1c6},
    {0x1c7, 0x1c8, Set, 0x1c9},    {0x1ca, 0x1cb, Set, 0x1cc},     {0x1cd, 0x1db, AddLowBit, 0},
    {0x1de, 0x1ee, SetLowBit, 0},  {0x1f1, 0x1f2, Set, 0x1f3},     {0x1f4, 0x1f4, Set, 0x1f5},
    {0x1fa, 0x216, SetLowBit, 0},  {0x386, 0x386, Set, 0x3ac},     {0x388, 0x38a, Add, 37},
    {0x38c, 0x38c, Set, 0x3cc},    {0x38e, 0x38f, Add, 63},        {0x391, 0x3ab, Add, 32},
    {0x3e2, 0x3ee, SetLowBit, 0},  {0x401, 0x40f, Add, 80},        {0x410, 0x42f, Add, 32},
    {0x460, 0x480, SetLowBit, 0},  {0x490, 0x4be, SetLowBit, 0},   {0x4c1, 0x4c3, AddLowBit, 0},
    {0x4c7, 0x4c7, Set, 0x4c8},    {0x4cb, 0x4cb, Set, 0x4cc},     {0x4d0, 0x4ea, SetLowBit, 0},
    {0x4ee, 0x4f4, SetLowBit, 0},  {0x4f8, 0x4f8, Set, 0x4f9},     {0x531, 0x556, Add, 48},
    {0x10a0, 0x10c5, Add, 48},     {0x1e00, 0x1ef8, SetLowBit, 0}, {0x1f08, 0x1f0f, Add, -8},
    {0x1f18, 0x1f1f, Add, -8},     {0x1f28, 0x1f2f, Add, -8},      {0x1f38, 0x1f3f, Add, -8},
    {0x1f48, 0x1f4d, Add, -8},     {0x1f59, 0x1f59, Set, 0x1f51},  {0x1f5b, 0x1f5b, Set, 0x1f53},
    {0x1f5d, 0x1f5d, Set, 0x1f55}, {0x1f5f, 0x1f5f, Set, 0x1f57},  {0x1f68, 0x1f6f, Add, -8},
    {0x1f88, 0x1f8f, Add, -8},     {0x1f98, 0x1f9f, Add, -8},      {0x1fa8, 0x1faf, Add, -8},
    {0x1fb8, 0x1fb9, Add, -8},     {0x1fba, 0x1fbb, Add, -74},     {0x1fbc, 0x1fbc, Set, 0x1fb3},
    {0x1fc8, 0x1fcb, Add, -86},    {0x1fcc, 0x1fcc, Set, 0x1fc3},  {0x1fd8, 0x1fd9, Add, -8},
    {0x1fda, 0x1fdb, Add, -100},   {0x1fe8, 0x1fe9, Add, -8},      {0x1fea, 0x1feb, Add, -112},
    {0x1fec, 0x1fec, Set, 0x1fe5}, {0x1ff8, 0x1ff9, Add, -128},    {0x1ffa, 0x1ffb, Add, -126},
    {0x1ffc, 0x1ffc, Set, 0x1ff3}, {0x2160, 0x216f, Add, 16},      {0x24b6, 0x24d0, Add, 26},
    {0xff21, 0xff3a, Add, 32},
};

} // namespace

CharClass CharClass::word(bool negated)
{
    CharClass made;
    made.addWord(false);
    made.m_negated = negated;
    return made;
}

CharClass CharClass::space(bool negated)
{
    CharClass made;
    made.addSpace(false);
    made.m_negated = negated;
    return made;
}

CharClass CharClass::digit(bool negated)
{
    CharClass made;
    made.addDigit(negated); // the class inside is negated here, not the set: that one stays mergeable
    return made;
}

CharClass CharClass::any()
{
    CharClass made;
    made.addRange(0, lastRune);
    return made;
}

const std::vector<RuneRange>& CharClass::ranges() const
{
    if (m_merged) return m_ranges;
    std::sort(m_ranges.begin(), m_ranges.end(),
              [](const RuneRange& a, const RuneRange& b) { return a.first < b.first; });
    std::vector<RuneRange> merged;
    for (const RuneRange& range : m_ranges) {
        if (!merged.empty() && range.first <= merged.back().last + 1)
            merged.back().last = std::max(merged.back().last, range.last);
        else
            merged.push_back(range);
    }
    m_ranges = std::move(merged);
    m_merged = true;
    return m_ranges;
}

void CharClass::addRange(char32_t first, char32_t last)
{
    m_ranges.push_back({first, last});
    m_merged = false;
}

void CharClass::addNamed(const std::string& name, bool negated)
{
    if (m_anything) return;
    for (const Named& known : m_named) {
        if (known.name != name) continue;
        if (known.negated != negated) { // a class and its opposite: everything
            m_anything = true;
            m_named.clear();
            m_ranges = {{0, lastRune}};
        }
        return;
    }
    m_named.push_back({name, negated});
}

void CharClass::addCategory(const std::string& name, bool negated, bool ignoreCase)
{
    if (ignoreCase && (name == "Ll" || name == "Lu" || name == "Lt")) {
        for (const char* cased : {"Ll", "Lu", "Lt"}) addNamed(cased, negated);
        return;
    }
    addNamed(name, negated);
}

bool CharClass::addPosix(std::string_view name, bool negated)
{
    if (name == "digit") {
        addDigit(negated);
        return true;
    }
    const auto found = std::find_if(std::begin(posixClasses), std::end(posixClasses),
                                    [name](const PosixClass& posix) { return posix.name == name; });
    if (found == std::end(posixClasses)) return false;
    if (m_anything) return true;
    if (!negated) {
        m_ranges.insert(m_ranges.end(), found->ranges.begin(), found->ranges.end());
    } else {
        char32_t next = 0;
        for (const RuneRange& range : found->ranges) {
            if (next < range.first) m_ranges.push_back({next, range.first - 1});
            next = range.last + 1;
        }
        m_ranges.push_back({next, lastRune});
    }
    m_merged = false;
    return true;
}

void CharClass::setSubtracted(CharClass subtracted)
{
    m_subtracted = std::make_shared<const CharClass>(std::move(subtracted));
}

void CharClass::addLowerCase()
{
    if (m_anything) return;
    std::vector<RuneRange> lowered;
    static_cast<void>(ranges());
    for (RuneRange& range : m_ranges) {
        if (range.first == range.last) {
            range.first = range.last = lowerRune(range.first);
            continue;
        }
        for (const LowerRule& rule : lowerRules) {
            if (rule.last < range.first || rule.first > range.last) continue;
            std::int32_t first = static_cast<std::int32_t>(std::max(rule.first, range.first));
            std::int32_t last = static_cast<std::int32_t>(std::min(rule.last, range.last));
            switch (rule.kind) {
            case Set:
                first = last = rule.data;
                break;
            case Add:
                first += rule.data, last += rule.data;
                break;
            case SetLowBit:
                first |= 1, last |= 1;
                break;
            case AddLowBit:
                first += first & 1, last += last & 1;
                break;
            }
            lowered.push_back({static_cast<char32_t>(first), static_cast<char32_t>(last)});
        }
    }
    m_ranges.insert(m_ranges.end(), lowered.begin(), lowered.end());
    m_merged = false;
}

void CharClass::add(const CharClass& other)
{
    if (m_anything) return;
    if (other.m_anything) {
        m_anything = true;
        m_named.clear();
        m_ranges = {{0, lastRune}};
        return;
    }
    m_ranges.insert(m_ranges.end(), other.ranges().begin(), other.ranges().end());
    for (const Named& named : other.m_named) addNamed(named.name, named.negated);
    m_merged = false;
}

bool CharClass::holdsOneRune() const
{
    return m_named.empty() && !m_subtracted && ranges().size() == 1 && m_ranges[0].first == m_ranges[0].last;
}

std::optional<RuneTest> CharClass::test() const
{
    using Beyond = RuneTest::Beyond;
    if (m_subtracted) return std::nullopt;
    RuneTest made;
    for (const RuneRange& range : ranges()) {
        made.addAscii(range.first, range.last);
        if (range.last < 0x80) continue;
        if (range.first > 0x80 || range.last < lastRune) return std::nullopt;
        made.beyond = Beyond::All;
    }
    for (const Named& named : m_named) {
        RuneTest runes;
        if (named.name == wordName) {
            runes.addAscii('0', '9');
            runes.addAscii('A', 'Z');
            runes.addAscii('_', '_');
            runes.addAscii('a', 'z');
            runes.beyond = Beyond::Word;
        } else if (named.name == spaceName) {
            runes.addAscii('\t', '\r');
            runes.addAscii(' ', ' ');
            runes.beyond = Beyond::Space;
        } else if (named.name == "Nd") {
            runes.addAscii('0', '9');
            runes.beyond = Beyond::Digit;
        } else {
            return std::nullopt;
        }
        if (named.negated) runes = runes.complement();
        made.ascii[0] |= runes.ascii[0];
        made.ascii[1] |= runes.ascii[1];
        if (made.beyond == Beyond::None)
            made.beyond = runes.beyond;
        else if (made.beyond != Beyond::All && made.beyond != runes.beyond)
            return std::nullopt;
        if (named.negated) break; // it has the last word
    }
    return m_negated ? made.complement() : made;
}

RuneSet CharClass::members() const
{
    RuneSet members(ranges());
    for (const Named& named : m_named) {
        const RuneSet runes = named.name == wordName    ? wordRunes()
                              : named.name == spaceName ? spaceRunes()
                                                        : namedRunes(named.name).value_or(RuneSet());
        members = members.unitedWith(named.negated ? runes.complement() : runes);
        if (named.negated) break; // it has the last word
    }
    if (m_negated) members = members.complement();
    return m_subtracted ? members.without(m_subtracted->members()) : members;
}

} // namespace iam::authz
