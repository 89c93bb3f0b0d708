// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/randompolicies.h"
#include <algorithm>

namespace iam::support {

namespace {

using List = std::vector<std::string>;

const List heads{
    "",    "",      "users:", "groups:", "resources:", "resources:articles:", "resources:articles:item-", "db:",
    "s3:", "用户:", "a",      "ab",      "line\n"};
const List words{"peter", "ken",    "maria", "get", "put",    "list", "delete",     "a",   "b",     "ab",  "abc",
                 "Z",     "",       "item",  "x.y", "a+b",    "(c)",  "[d]",        "e|f", "g$",    "^h",  "i\\j",
                 "{2}",   "k-l",    "é",     "É",   "\u212A", "用",   "户",         "😀",   "1",     "42",  "\u0663",
                 " ",     "\u00A0", "a>b",   "\n",  "x\ny",   "_",    "long\u017F", "#",   "\"q\"", "a\tb"};
const List keys{"k", "remoteIP", "username", "owner", "用户"};
const List addresses{"10.0.0.1",
                     "10.1.2.3",
                     "192.168.0.1",
                     "192.168.255.255",
                     "10.0.0.256",
                     "010.0.0.1",
                     "::1",
                     "2001:db8::1",
                     "2001:db8:1::ff",
                     "::ffff:10.0.0.1",
                     "::ffff:a00:1",
                     "fe80::1%eth0",
                     "",
                     "x",
                     "1.2.3",
                     "2001:DB8::2",
                     "0.0.0.0",
                     "::",
                     "1:2:3:4:5:6:7:8",
                     "1:2:3:4:5:6:7::",
                     "10.0.0.1 "};
const List networks{
    "10.0.0.0/8", "10.0.0.1/32",         "192.168.0.1/16", "0.0.0.0/0",          "::/0",        "2001:db8::/32",
    "::1/128",    "::ffff:10.0.0.0/104", "::ffff:0:0/96",  "::ffff:10.0.0.0/90", "10.0.0.0/33", "10.0.0.0",
    "x/8",        "10.0.0.0/08",         "10.0.0.0/",      "2001:db8::/129",     "10.0.0.0/-1", "192.168.0.0/17"};

std::string escaped(const std::string& literal)
{
    std::string out;
    for (const char c : literal) {
        if (std::string_view("\\.+*?()|[]{}^$-#\"").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

} // namespace

RandomPolicies::RandomPolicies(Dice& dice, PlainDecisions& plain, std::size_t most)
    : m_dice(dice)
    , m_plain(plain)
    , m_most(most)
{
    m_brokenPercent = dice.chance(30) ? 3 : 0;
    m_templatePercent = dice.pick(std::vector<std::size_t>{0, 20, 50, 80});
    const auto fill = [&](List& texts, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) texts.push_back(freshEntry());
    };
    fill(m_texts.actions, 1 + dice.below(5));
    fill(m_texts.subjects, 1 + dice.below(6));
    fill(m_texts.resources, 1 + dice.below(8));
    const std::size_t count = dice.chance(2) ? dice.below(most) + 1 : dice.chance(20) ? dice.below(40) : dice.below(9);
    while (m_policies.size() < std::min(count, most)) m_policies.push_back(policy());
}

std::string RandomPolicies::freshLiteral()
{
    std::string text = m_dice.pick(heads) + m_dice.pick(words);
    if (m_dice.chance(40)) text += std::to_string(m_dice.below(400));
    return text;
}

// Unbounded repetitions are counted and not nested where there are look-ahead or anchors: there the engine has a limit
// of steps, which is not what is compared.
std::string RandomPolicies::atom(bool inTemplate, int& unbounded, int depth)
{
    static const List classes{"[a-z]",    "[^:]",   "[a-zA-Z0-9_]", "[\\d\\s]", "[^a-m]", "[éÉ用a]", "[.+*]",
                              "[\\w\\-]", "[^\\d]", "[\\]x]",       "[^\\n]",   "[A-C]",  "[ -~]"};
    static const List escapes{"\\d", "\\w", "\\s", "\\D", "\\W", "\\S"};
    switch (m_dice.below(inTemplate && m_lookAhead ? 12 : 10)) {
    case 0:
    case 1:
    case 2: {
        std::string text = m_dice.pick(words);
        text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '>' || c == '<'; }), text.end());
        PlainText runes = decodePlain(text);
        return escaped(encodePlain(runes.substr(0, 1)));
    }
    case 3:
        return ".";
    case 4:
        return m_dice.pick(classes);
    case 5:
        return m_dice.pick(escapes);
    case 6:
    case 7:
        if (depth < 2) {
            static const List openings{"(", "(?:", "(?i:", "(?s:"};
            return m_dice.pick(openings) + expression(inTemplate, unbounded, depth + 1) + ')';
        }
        return "b";
    case 8: {
        static const List anchors{"^", "$", "\\A", "\\z"};
        static const List options{"(?i)", "(?s)"};
        if (!m_dice.chance(25)) return "c";
        return m_dice.pick(inTemplate && !m_lookAhead ? options : anchors);
    }
    case 9:
        return inTemplate && m_dice.chance(10) ? "<x>" : "a";
    case 10:
        if (depth < 2) {
            const char* opening = m_dice.chance(50) ? "(?!" : "(?=";
            return opening + expression(inTemplate, unbounded, 2) + ')';
        }
        return "a";
    default:
        return m_dice.chance(50) ? "\\b" : "\\B";
    }
}

std::string RandomPolicies::expression(bool inTemplate, int& unbounded, int depth)
{
    std::string out;
    const std::size_t alternatives = m_dice.chance(30) ? 2 + m_dice.below(2) : 1;
    for (std::size_t a = 0; a < alternatives; ++a) {
        if (a > 0) out += '|';
        const std::size_t atoms = m_dice.below(4) + (m_dice.chance(90) ? 1 : 0);
        for (std::size_t i = 0; i < atoms; ++i) {
            const std::string one = atom(inTemplate, unbounded, depth);
            out += one;
            const bool repeatable =
                one == "." || one.front() == '[' || one.ends_with(')') || one == "a" || one == "b" ||
                (one.size() == 2 && std::string_view("dwsDWS").find(one[1]) != std::string_view::npos);
            if (!repeatable || one.starts_with("(?=") || one.starts_with("(?!") || one == "(?i)" || one == "(?s)" ||
                m_dice.chance(50))
                continue;
            static const List bounded{"?", "{2}", "{1,3}", "{0,2}", "??", "{0}"};
            static const List open{"*", "+", "*?", "+?", "{2,}"};
            const bool isGroup = one.ends_with(')') && one.front() == '(';
            if (unbounded > 0 && !(isGroup && m_lookAhead) && m_dice.chance(60)) {
                --unbounded;
                out += m_dice.pick(open);
            } else {
                out += m_dice.pick(bounded);
            }
        }
    }
    return out;
}

std::string RandomPolicies::freshTemplate()
{
    static const List usual{"<.*>", "<.+>",        "<[^:]*>", "<\\d+>",  "<[a-z]+>", "<peter|ken>", "<create|update>",
                            "<>",   "<(?i)peter>", "<.*b>",   "<(?s).*>"};
    static const List ahead{"<(?!a).*>", "<(?!hidden).*>", "<(?=[a-z]).+>"};
    m_lookAhead = m_dice.chance(15);
    int unbounded = m_lookAhead ? 2 : 4;
    std::string out;
    const std::size_t parts = m_dice.chance(15) ? 2 : 1;
    for (std::size_t i = 0; i < parts; ++i) {
        if (m_dice.chance(70)) out += m_dice.pick(heads);
        if (m_dice.chance(20)) out += m_dice.pick(words);
        if (m_dice.chance(m_brokenPercent)) {
            if (m_dice.chance(30)) return out + '<'; // more behind it might close it, around anything
            out += '<' + m_dice.pick(brokenParts()).part + '>';
        } else if (m_dice.chance(45)) {
            out += m_dice.pick(m_lookAhead ? ahead : usual);
        } else {
            out += '<' + expression(true, unbounded, 0) + '>';
        }
    }
    if (m_dice.chance(30)) out += m_dice.pick(words);
    return out;
}

std::string RandomPolicies::freshEntry()
{
    return m_dice.chance(m_templatePercent) ? freshTemplate() : freshLiteral();
}

contract::PatternList RandomPolicies::list(const List& texts)
{
    if (m_dice.chance(3)) return std::nullopt;
    List made;
    const std::size_t count = m_dice.chance(3) ? 0 : 1 + m_dice.below(3);
    for (std::size_t i = 0; i < count; ++i) made.push_back(m_dice.chance(85) ? m_dice.pick(texts) : freshEntry());
    return made;
}

contract::Condition RandomPolicies::condition()
{
    switch (m_dice.below(7)) {
    case 0:
        return contract::StringEqualCondition{m_dice.pick(words)};
    case 1:
        return contract::CidrCondition{m_dice.pick(networks)};
    case 2:
        return contract::EqualsSubjectCondition{};
    case 3:
        return contract::StringPairsEqualCondition{};
    case 4: {
        if (m_dice.chance(10)) return contract::StringMatchCondition{m_dice.pick(brokenExpressions())};
        int unbounded = 3;
        return contract::StringMatchCondition{expression(false, unbounded, 0)};
    }
    case 5:
        return contract::ResourceContainsCondition{};
    default:
        return contract::BooleanCondition{m_dice.chance(50)};
    }
}

contract::PolicyDocument RandomPolicies::policy()
{
    static const List effects{"deny", "", "Allow", "allow "};
    contract::PolicyDocument made;
    made.id = "p" + std::to_string(m_nextId++);
    made.effect = m_dice.chance(80) ? "allow" : m_dice.pick(effects);
    made.actions = list(m_texts.actions);
    made.subjects = list(m_texts.subjects);
    made.resources = list(m_texts.resources);
    while (m_dice.chance(25)) made.conditions.insert_or_assign(m_dice.pick(keys), condition());
    return made;
}

RandomPolicies::Change RandomPolicies::change()
{
    const std::size_t place = m_dice.below(m_policies.size() + 1);
    if (place < m_policies.size() && m_dice.chance(30)) {
        m_policies.erase(m_policies.begin() + static_cast<long>(place));
        return {Change::Kind::Removed, place};
    }
    if (place < m_policies.size() && (m_dice.chance(60) || m_policies.size() == m_most)) {
        const std::string id = m_policies[place].id;
        m_policies[place] = policy();
        m_policies[place].id = id;
        return {Change::Kind::Replaced, place};
    }
    m_policies.insert(m_policies.begin() + static_cast<long>(place), policy());
    return {Change::Kind::Added, place};
}

std::string RandomPolicies::spoilt(std::string text)
{
    PlainText runes = decodePlain(text);
    const std::size_t place = m_dice.below(runes.size() + 1);
    const char32_t rune = m_dice.chance(40) ? m_dice.pick(plainRunes()) : static_cast<char32_t>(' ' + m_dice.below(95));
    switch (m_dice.below(7)) {
    case 0:
        return encodePlain(runes) + '\n';
    case 1:
        runes.insert(place, 1, rune);
        break;
    case 2:
        if (place < runes.size()) runes.erase(place, 1);
        break;
    case 3:
        if (place < runes.size()) runes[place] = rune;
        break;
    case 4:
        runes.resize(place);
        break;
    case 5:
        for (char32_t& each : runes)
            if (each >= 'a' && each <= 'z' && m_dice.chance(50)) each -= 'a' - 'A';
        break;
    default:
        if (!runes.empty()) runes += runes.back();
        break;
    }
    return encodePlain(runes);
}

std::string RandomPolicies::textOf(const std::string& entry)
{
    if (entry.find('<') == std::string::npos) return entry;
    const PlainPattern& pattern = m_plain.templateOf(entry);
    return pattern.fault().empty() ? pattern.sample(m_dice) : entry.substr(0, entry.find('<'));
}

std::string RandomPolicies::textFor(const contract::PatternList& list, const List& texts)
{
    std::string text = list && !list->empty() ? textOf(m_dice.pick(*list))
                       : m_dice.chance(80)    ? textOf(m_dice.pick(texts))
                                              : freshLiteral();
    while (m_dice.chance(12)) text = spoilt(std::move(text));
    return text;
}

contract::Json RandomPolicies::valueFor(const contract::Condition& condition, const contract::DecisionRequest& request)
{
    using contract::Json;
    if (m_dice.chance(10)) {
        switch (m_dice.below(6)) {
        case 0:
            return {};
        case 1:
            return 1;
        case 2:
            return "true";
        case 3:
            return Json::Array{};
        case 4:
            return Json::Object{};
        default:
            return true;
        }
    }
    const bool right = m_dice.chance(75);
    if (const auto* equal = std::get_if<contract::StringEqualCondition>(&condition))
        return right ? equal->equals : spoilt(equal->equals);
    if (std::holds_alternative<contract::CidrCondition>(condition)) return m_dice.pick(addresses);
    if (std::holds_alternative<contract::EqualsSubjectCondition>(condition))
        return right ? request.subject : spoilt(request.subject);
    if (std::holds_alternative<contract::StringPairsEqualCondition>(condition)) {
        Json::Array pairs;
        for (std::size_t i = m_dice.below(3); i > 0; --i) {
            const std::string word = m_dice.pick(words);
            Json::Array pair{word, right ? word : spoilt(word)};
            if (!right && m_dice.chance(30)) pair.emplace_back(1);
            pairs.emplace_back(std::move(pair));
        }
        return pairs;
    }
    if (const auto* match = std::get_if<contract::StringMatchCondition>(&condition)) {
        const auto& broken = brokenExpressions();
        if (std::find(broken.begin(), broken.end(), match->matches) != broken.end()) return m_dice.pick(words);
        const std::string text = m_plain.expressionOf(match->matches).sample(m_dice);
        return right ? m_dice.pick(words) + text : spoilt(text);
    }
    if (const auto* boolean = std::get_if<contract::BooleanCondition>(&condition))
        return right ? boolean->value : !boolean->value;
    Json::Object object;
    const std::string& resource = request.resource;
    const std::size_t colon = resource.rfind(':');
    const std::string tail = colon == std::string::npos ? resource : resource.substr(colon + 1);
    object.emplace_back("value", right ? tail : spoilt(tail));
    if (m_dice.chance(50)) object.emplace_back("delimiter", m_dice.chance(80) ? Json(":") : Json(1));
    return object;
}

contract::DecisionRequest RandomPolicies::request()
{
    contract::DecisionRequest made;
    if (m_policies.empty() || m_dice.chance(5)) {
        made.action = textFor({}, m_texts.actions);
        made.subject = textFor({}, m_texts.subjects);
        made.resource = textFor({}, m_texts.resources);
        return made;
    }
    const contract::PolicyDocument& near = m_dice.pick(m_policies);
    made.action = textFor(near.actions, m_texts.actions);
    made.subject = textFor(near.subjects, m_texts.subjects);
    made.resource = textFor(near.resources, m_texts.resources);
    for (const auto& [key, condition] : near.conditions)
        if (!m_dice.chance(8)) made.context.set(key, valueFor(condition, made));
    while (m_dice.chance(25)) made.context.set(m_dice.pick(keys), valueFor(condition(), made));
    return made;
}

} // namespace iam::support
