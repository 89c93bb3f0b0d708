// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/evidenceline.h"
#include "cluster/verdict/evidencepool.h"
#include "contract/json.h"
#include <algorithm>

namespace iam::cluster {

namespace {

using contract::Json;
using std::chrono::milliseconds;

constexpr std::size_t mostNodes = 8;
constexpr std::int64_t latestTime = 4'000'000'000'000; // also milliseconds since 1970; a Time counts nanoseconds
constexpr int deepest = 64;                            // an event that is skipped has some depth

auto refused(std::string sentence)
{
    return fail(Code::Validation, std::move(sentence));
}

/// The members of an evidence object, each once and none that is not known.
Result<> onlyKnown(const Json::Object& object, std::initializer_list<std::string_view> known)
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        const std::string& name = member->first;
        if (std::find(known.begin(), known.end(), name) == known.end())
            return refused("there is no member \"" + name.substr(0, EvidencePool::longestText) + "\" here");
        if (std::any_of(object.begin(), member, [&](const auto& before) { return before.first == name; }))
            return refused('"' + name + "\" stands twice");
    }
    return {};
}

Result<std::string> shortText(const Json& object, std::string_view name, bool required)
{
    const Json* value = object.find(name);
    if (!value) {
        if (required) return refused('"' + std::string(name) + "\" is missing");
        return std::string();
    }
    const std::string* text = value->string();
    if (!text || text->empty() || text->size() > EvidencePool::longestText)
        return refused('"' + std::string(name) + "\" must be a text of 1 to 64 bytes");
    return *text;
}

Result<std::optional<Observation::Time>> timeOf(const Json& object, std::string_view name)
{
    const Json* value = object.find(name);
    if (!value) return std::optional<Observation::Time>();
    const std::int64_t* ms = value->integer();
    if (!ms || *ms < 0 || *ms > latestTime)
        return refused('"' + std::string(name) + "\" must be a whole number of milliseconds, 0 to 4000000000000");
    return std::optional(Observation::Time(milliseconds(*ms)));
}

Result<EvidenceLine> headOf(const Json& line)
{
    if (const auto known = onlyKnown(*line.object(), {"cluster"}); !known) return fail(known);
    const Json* cluster = line.find("cluster");
    if (!cluster->object()) return refused("\"cluster\" must be an object");
    if (const auto known = onlyKnown(*cluster->object(), {"vip", "nodes"}); !known) return fail(known);
    EvidenceHead head;
    auto vip = shortText(*cluster, "vip", true);
    if (!vip) return fail(vip);
    head.vip = std::move(*vip);
    const Json* nodes = cluster->find("nodes");
    if (!nodes || !nodes->array() || nodes->array()->empty() || nodes->array()->size() > mostNodes)
        return refused("\"nodes\" must be a list of 1 to 8 names");
    for (const Json& node : *nodes->array()) {
        const std::string* name = node.string();
        if (!name || name->empty() || name->size() > EvidencePool::longestText)
            return refused("a node's name must be a text of 1 to 64 bytes");
        if (*name == "none" || *name == "forged") return refused("no node can be called \"" + *name + '"');
        if (std::find(head.nodes.begin(), head.nodes.end(), *name) != head.nodes.end())
            return refused("node \"" + *name + "\" stands twice");
        head.nodes.push_back(*name);
    }
    return EvidenceLine(std::move(head));
}

Result<> readTexts(const Json& line, Observation& seen)
{
    auto witness = shortText(line, "node", true);
    if (!witness) return fail(witness);
    const auto what = shortText(line, "what", true);
    if (!what) return fail(what);
    auto says = shortText(line, "says", true);
    if (!says) return fail(says);
    auto about = shortText(line, "about", false);
    if (!about) return fail(about);
    const auto fact = factOf(*what);
    if (!fact) return refused("\"what\" cannot be \"" + *what + '"');
    if (!hasWord(*fact, *says)) return refused('"' + *what + "\" cannot be \"" + *says + '"');
    if ((*fact == Fact::Peer) == about->empty())
        return refused("\"about\" names the peer of a \"peer\", of nothing else");
    seen.witness = std::move(*witness);
    seen.fact = *fact;
    seen.says = std::move(*says);
    seen.about = std::move(*about);
    return {};
}

Result<EvidenceLine> wordOf(const Json& line)
{
    if (const auto known = onlyKnown(*line.object(), {"t_ms", "node", "what", "about", "says", "since_ms", "heard_ms"});
        !known)
        return fail(known);
    EvidenceWord word;
    if (const auto read = readTexts(line, word.observation); !read) return fail(read);
    const auto at = timeOf(line, "t_ms");
    if (!at) return fail(at);
    if (!*at) return refused("\"t_ms\" is missing");
    const auto since = timeOf(line, "since_ms");
    if (!since) return fail(since);
    const auto heard = timeOf(line, "heard_ms");
    if (!heard) return fail(heard);
    if (*since && **since > **at) return refused("\"since_ms\" is later than \"t_ms\"");
    if (*heard && **heard < **at) return refused("\"heard_ms\" is earlier than \"t_ms\"");
    word.observation.at = **at;
    word.observation.since = *since;
    word.heard = heard->value_or(**at);
    return EvidenceLine(std::move(word));
}

std::int64_t countOf(Observation::Time time)
{
    return std::chrono::floor<milliseconds>(time.time_since_epoch()).count();
}

void addMember(std::string& line, std::string_view name, const std::string& text)
{
    line += ",\"";
    line += name;
    line += "\":";
    contract::writeJsonString(line, text);
}

} // namespace

Result<EvidenceLine> parseEvidence(std::string_view text)
{
    if (text.size() > longestEvidenceLine) return refused("the line is longer than 64 KiB");
    const auto line = contract::parseWholeJson(text, deepest);
    if (!line) {
        const auto& faults = line.error().faults;
        return refused("this is no JSON object: " + (faults.empty() ? line.error().detail : faults.front().message));
    }
    if (!line->object()) return refused("this is no JSON object");
    if (line->find("event")) return EvidenceLine(EvidenceSkipped{});
    if (line->find("cluster")) return headOf(*line);
    return wordOf(*line);
}

std::string writeEvidence(const EvidenceHead& head)
{
    std::string line = "{\"cluster\":{\"vip\":";
    contract::writeJsonString(line, head.vip);
    line += ",\"nodes\":[";
    for (std::size_t i = 0; i < head.nodes.size(); ++i) {
        if (i > 0) line += ',';
        contract::writeJsonString(line, head.nodes[i]);
    }
    return line + "]}}";
}

std::string writeEvidence(const EvidenceWord& word)
{
    const Observation& seen = word.observation;
    std::string line = "{\"t_ms\":" + std::to_string(countOf(seen.at));
    addMember(line, "node", seen.witness);
    addMember(line, "what", std::string(textOf(seen.fact)));
    if (!seen.about.empty()) addMember(line, "about", seen.about);
    addMember(line, "says", seen.says);
    if (seen.since) line += ",\"since_ms\":" + std::to_string(countOf(*seen.since));
    if (word.heard != seen.at) line += ",\"heard_ms\":" + std::to_string(countOf(word.heard));
    return line + '}';
}

} // namespace iam::cluster
