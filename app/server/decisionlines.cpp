// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decisionlines.h"
#include "authz/explain.h"
#include "contract/codec.h"
#include <optional>
#include <string>
#include <vector>

namespace iam::app {

namespace {

/// Nothing when there is more than `most`.
std::optional<std::string> readAll(std::istream& in, std::size_t most)
{
    std::string all;
    char buffer[65536];
    while (in.read(buffer, sizeof(buffer)), in.gcount() > 0) {
        all.append(buffer, static_cast<std::size_t>(in.gcount()));
        if (all.size() > most) return std::nullopt;
    }
    return all;
}

enum class Line { Read, End, TooLong };

Line readLine(std::istream& in, std::string& line)
{
    line.clear();
    std::streambuf& bytes = *in.rdbuf();
    constexpr int end = std::char_traits<char>::eof();
    for (int byte = bytes.sbumpc(); byte != end; byte = bytes.sbumpc()) {
        if (byte == '\n') return Line::Read;
        if (line.size() == maxRequestLine) return Line::TooLong;
        line += static_cast<char>(byte);
    }
    return line.empty() ? Line::End : Line::Read;
}

/// "field: message", or what the error says without one.
std::string firstFault(const Error& error)
{
    if (error.faults.empty()) return error.detail.empty() ? "cannot be read" : error.detail;
    const FieldFault& fault = error.faults.front();
    return fault.field.empty() ? fault.message : fault.field + ": " + fault.message;
}

std::string answerTo(const contract::DecisionRequest& request, const authz::PolicySet& policies, AnswerForm form)
{
    if (form == AnswerForm::Explanation) return contract::encodeExplanation(authz::explain(&policies, request));
    const contract::Decision decision = policies.decide(request);
    std::string out;
    contract::JsonObjectWriter(out)
        .boolean("allowed", decision.allowed)
        .text("reason", decision.reason)
        .list("deciders", decision.deciders);
    return out;
}

} // namespace

Result<std::vector<contract::PolicyDocument>> readPolicyDocuments(std::istream& in)
{
    const auto text = readAll(in, maxPoliciesBytes);
    if (!text) return fail(Code::Bind, "more than " + std::to_string(maxPoliciesBytes) + " bytes of policies");
    const auto json = contract::parseWholeJson(*text);
    if (!json) return fail(Code::Bind, firstFault(json.error()));
    const auto* items = json->array();
    if (!items) return fail(Code::Bind, "a JSON array of policies is expected");
    std::vector<contract::PolicyDocument> documents;
    documents.reserve(items->size());
    for (std::size_t i = 0; i < items->size(); ++i) {
        const std::string place = '[' + std::to_string(i) + ']';
        if (!(*items)[i].object()) return fail(Code::Bind, place + ": a policy must be an object");
        auto document = contract::decodePolicyDocument((*items)[i], place);
        if (!document) return fail(Code::Bind, firstFault(document.error()));
        documents.push_back(std::move(*document));
    }
    return documents;
}

Result<std::shared_ptr<const authz::PolicySet>> readPolicies(std::istream& in)
{
    const auto documents = readPolicyDocuments(in);
    if (!documents) return fail(documents);
    return authz::PolicySet::compile(*documents);
}

Result<> readRequests(std::istream& in, const std::function<Result<>(contract::DecisionRequest)>& visit)
{
    std::string line;
    for (std::size_t number = 1;; ++number) {
        const std::string place = "line " + std::to_string(number) + ": ";
        switch (readLine(in, line)) {
        case Line::End:
            return {};
        case Line::TooLong:
            return fail(Code::Bind, place + "longer than " + std::to_string(maxRequestLine) + " bytes");
        case Line::Read:
            break;
        }
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        // A line holds one value and nothing else, while a request's body may have anything behind it.
        if (const auto whole = contract::parseWholeJson(line); !whole)
            return fail(Code::Bind, place + firstFault(whole.error()));
        auto request = contract::decodeDecisionRequest(line);
        if (!request) return fail(Code::Bind, place + firstFault(request.error()));
        if (const auto visited = visit(std::move(*request)); !visited)
            return fail(visited.error().code, place + visited.error().detail);
    }
}

Result<> answerRequests(const authz::PolicySet& policies, std::istream& in, std::ostream& out, AnswerForm form)
{
    return readRequests(in, [&](const contract::DecisionRequest& request) -> Result<> {
        out << answerTo(request, policies, form) << '\n' << std::flush;
        if (!out) return fail(Code::Unknown, "the answer cannot be written");
        return {};
    });
}

} // namespace iam::app
