// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"
#include "cluster/verdict/timeline.h"
#include "contract/clustercodec.h"
#include "contract/json.h"
#include "verbs.h"
#include <charconv>
#include <cstring>
#include <fstream>
#include <iostream>

namespace iam::app {

namespace {

using namespace std::chrono_literals;

constexpr const char* help = R"(iam-server cluster verdict --evidence FILE [--every MS] [--transitions]

Reads what witnesses saw, as a node's journal has it or as you write it, and prints who had the virtual address, one
JSON object a line: {"t_ms":…,"verdict":…,"owner":…,"reason":…}, at the beginning and at each change of verdict or owner.
Words grow old: a verdict also changes, to the millisecond, when its proof is more than 2000 ms old.
  --evidence FILE   the evidence; - is standard input
  --every MS        a line every MS milliseconds instead, from the first word until the last one is old
  --transitions     also {"t_ms":…,"transition":{"at_ms":…,"from":…,"to":…,"cause":…,"evidence":[…]}}

Evidence is a JSON object a line. The first one tells the cluster:
  {"cluster":{"vip":"10.0.4.99","nodes":["n1","n2"]}}
Every other one is a word of a witness:
  {"t_ms":1234,"node":"n1","what":"address","says":"held","since_ms":1000,"heard_ms":1240}
  t_ms       when it was so: whole milliseconds on one time line for all witnesses. Where that is not known exactly, the
             earliest moment that is possible: when it was asked.
  node       who says it: a node, or another witness, such as "console", whose "vip-answer" counts
  what says  address     "held", "absent": the virtual address on its interface
             vrrp        "MASTER", "BACKUP", "FAULT", "STOP", "UNKNOWN": its keepalived
             vip-answer  the node that answered it through the virtual address (a checked signature), "none", "forged"
             nginx       "answers", "silent": its own nginx
             peer        "reachable", "unreachable": the node that "about" names
             gateway     "reachable", "unreachable"
             agent       "started", "stopped", "draining"
  since_ms   optional: since when the witness has seen it so without a break; not later than t_ms
  heard_ms   optional: when it reached whoever judges; not earlier than t_ms, which it is when absent
The order of lines does not matter: they are taken as they were heard, and of two words of one moment the later line
counts. Lines {"event":…} are skipped. A further {"cluster":…} begins anew; what cannot be read before it, as a writer
that was killed leaves it, and a last line without its end, is left out and said (exit code 1).
A journal has every word around a change and once a minute; in the quiet between the verdict is therefore "unknown".
Causes: keepalived-stopped nginx-fault interface advert-timeout partition-healed planned unknown
)";

int complain(const std::string& sentence)
{
    std::cerr << "iam-server cluster verdict: " << sentence << '\n';
    return exitFailed;
}

std::int64_t millisecondsOf(cluster::Observation::Time time)
{
    return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

void write(std::string& line, const cluster::Transition& transition)
{
    contract::JsonObjectWriter object(line);
    object.number("at_ms", millisecondsOf(transition.at)).text("from", transition.from).text("to", transition.to);
    object.text("cause", textOf(transition.cause));
    std::string& list = object.raw("evidence");
    list += '[';
    for (std::size_t i = 0; i < transition.evidence.size(); ++i) {
        if (i > 0) list += ',';
        list += writeEvidence(cluster::EvidenceWord{transition.evidence[i], transition.evidence[i].at});
    }
    list += ']';
}

void print(const cluster::Timeline::Entry& entry)
{
    std::string line;
    {
        contract::JsonObjectWriter object(line);
        object.number("t_ms", millisecondsOf(entry.at));
        if (const auto* vip = std::get_if<contract::ClusterVip>(&entry.what))
            object.text("verdict", contract::vipVerdictText(vip->verdict))
                .text("owner", vip->owner)
                .text("reason", vip->reason);
        else
            write(object.raw("transition"), std::get<cluster::Transition>(entry.what));
    }
    std::cout << line << '\n';
}

/// All timelines of a file.
Result<std::vector<cluster::Timeline>> readEvidence(std::istream& in, cluster::EvidenceReader& reader)
{
    std::vector<char> buffer(cluster::longestEvidenceLine + 2);
    bool cutOff = false;
    while (in.getline(buffer.data(), std::streamsize(buffer.size())) || in.gcount() > 0) {
        cutOff = in.eof();
        // A line that is too long fills the buffer, and is refused for that.
        if (const auto read = reader.add({buffer.data(), std::strlen(buffer.data())}); !read) return fail(read);
    }
    if (in.bad()) return fail(Code::DecodingFailed, "the evidence cannot be read");
    return std::move(reader).finish(cutOff);
}

Result<cluster::Timeline::Options> optionsOf(const Arguments& arguments)
{
    cluster::Timeline::Options options;
    options.transitions = arguments.has("--transitions");
    if (!arguments.has("--every")) return options;
    const std::string text = arguments.value("--every");
    int ms = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (fault != std::errc() || end != text.data() + text.size() || ms < 1)
        return fail(Code::Validation, "--every is a whole number of milliseconds, at least 1");
    options.every = std::chrono::milliseconds(ms);
    return options;
}

} // namespace

int printVerdicts(const VerbArguments& arguments)
{
    if (!arguments.empty() && (arguments.front() == "--help" || arguments.front() == "-h")) {
        std::cout << help;
        return exitGood;
    }
    const auto parsed = Arguments::parse(arguments, {{"--evidence"}, {"--every"}, {"--transitions", false}});
    if (!parsed) return refuseArguments(parsed.error().detail);
    const std::string name = parsed->value("--evidence");
    if (name.empty()) return refuseArguments("cluster verdict needs --evidence FILE");
    const auto options = optionsOf(*parsed);
    if (!options) return refuseArguments(options.error().detail);

    std::ifstream file;
    if (name != "-") file.open(name, std::ios::binary);
    if (name != "-" && (!file || (file.peek() == EOF && !file.eof())))
        return complain("cannot read the evidence from '" + name + "'");
    cluster::EvidenceReader reader;
    const auto timelines = readEvidence(name == "-" ? std::cin : file, reader);
    if (!timelines) return complain(timelines.error().detail);
    for (const cluster::Timeline& timeline : *timelines)
        if (const auto played = timeline.play(*options, print); !played) return complain(played.error().detail);
    std::cout << std::flush;
    if (!std::cout) return complain("the verdicts cannot be written");
    for (const std::string& left : reader.leftOut()) complain("cut off, and left out: " + left);
    return reader.leftOut().empty() ? exitGood : exitFailed;
}

} // namespace iam::app
