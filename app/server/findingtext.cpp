// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "findingtext.h"
#include "base/text.h"
#include "cluster/lint/lint.h"
#include "contract/json.h"

namespace iam::app {
namespace {

using cluster::Finding;
using cluster::Severity;

int count(const std::vector<Finding>& findings, Severity severity)
{
    int number = 0;
    for (const Finding& one : findings) number += one.severity == severity ? 1 : 0;
    return number;
}

std::string counted(int number, const char* word)
{
    return std::to_string(number) + ' ' + word + (number == 1 ? "" : "s");
}

} // namespace

std::string findingText(const std::vector<Finding>& findings)
{
    std::string out;
    const Finding* before = nullptr;
    for (const Finding& one : findings) {
        const std::string file = one.file.empty() ? "definition" : one.file;
        if (before == nullptr || before->file != one.file || before->node != one.node)
            out += (out.empty() ? "" : "\n") + (one.node.empty() ? file : file + " (" + one.node + ')') + '\n';
        before = &one;
        out += "  " + file + (one.line > 0 ? ':' + std::to_string(one.line) : std::string()) + ": " +
               cluster::severityText(one.severity) + ' ' + one.rule + " — " + one.message + '\n';
        out += "      why:  " + one.why + "\n      cost: " + one.cost + "\n      mend: " + one.mend + '\n';
    }
    if (findings.empty()) return "Nothing is wrong.\n";
    out += '\n' + counted(count(findings, Severity::Error), "error") + ", " +
           counted(count(findings, Severity::Warning), "warning") + ", " +
           counted(count(findings, Severity::Note), "note") +
           (cluster::needsMending(findings) ? ".\n" : ": nothing has to be mended.\n");
    return out;
}

std::string findingJson(const std::vector<Finding>& findings)
{
    using contract::Json;
    // What stands in a finding may come from a file, in whatever encoding.
    const auto text = [](const std::string& value) { return Json(text::toUtf8(value)); };
    Json::Array list;
    for (const Finding& one : findings)
        list.push_back(Json::Object{{"severity", cluster::severityText(one.severity)},
                                    {"rule", one.rule},
                                    {"node", one.node.empty() ? Json() : text(one.node)},
                                    {"file", one.file.empty() ? Json() : text(one.file)},
                                    {"line", one.line > 0 ? Json(one.line) : Json()},
                                    {"message", text(one.message)},
                                    {"why", text(one.why)},
                                    {"cost", text(one.cost)},
                                    {"mend", text(one.mend)}});
    const Json all = Json::Object{{"findings", std::move(list)},
                                  {"errors", count(findings, Severity::Error)},
                                  {"warnings", count(findings, Severity::Warning)},
                                  {"notes", count(findings, Severity::Note)}};
    return contract::writeJson(all) + '\n';
}

} // namespace iam::app
