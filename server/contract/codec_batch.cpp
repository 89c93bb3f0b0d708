// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/binder.h"
#include "contract/codec.h"
#include "contract/errortable.h"

namespace iam::contract {

Result<std::vector<Result<DecisionRequest>>> decodeDecisionBatch(std::string_view body)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    const Json::Array* items = nullptr;
    Binder binder;
    binder.object(*json, "", {{"requests", [&](const Json& value, const std::string& path) {
                                   if (value.isNull()) return;
                                   items = value.array();
                                   if (items == nullptr) binder.fault(path, "must be a list");
                               }}});
    if (!binder.ok()) return binder.failure();
    const std::size_t count = items != nullptr ? items->size() : 0;
    if (count == 0 || count > maxBatchRequests)
        return fail(Code::Validation, "a batch of " + std::to_string(count) + " requests",
                    {{"requests", "must have 1 to " + std::to_string(maxBatchRequests) + " items"}});
    std::vector<Result<DecisionRequest>> requests;
    requests.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        requests.push_back(decodeDecisionRequest((*items)[i], "requests[" + std::to_string(i) + "]"));
    return requests;
}

std::string encodeDecisionBatch(const std::vector<Result<Decision>>& results)
{
    std::string out = R"({"results":[)";
    for (const Result<Decision>& result : results) {
        if (&result != &results.front()) out += ',';
        if (result)
            out += encodeDecision(*result);
        else
            JsonObjectWriter(out).raw("error") += encodeError(result.error());
    }
    return out += "]}";
}

} // namespace iam::contract
