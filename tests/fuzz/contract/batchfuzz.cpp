// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Arbitrary bytes as a batch of decision requests: never an empty or an endless one, what was read is read again from
// what is written of it, and a request alone is read like one of a batch.
#include "contract/codec.h"
#include "contract/json.h"
#include <cstdint>
#include <cstdlib>

using namespace iam;
using namespace iam::contract;

namespace {

void demand(bool held)
{
    if (!held) std::abort();
}

bool same(const Result<DecisionRequest>& a, const Result<DecisionRequest>& b)
{
    if (!a || !b) return !a && !b && a.error().code == b.error().code;
    return a->subject == b->subject && a->action == b->action && a->resource == b->resource &&
           writeJson(a->context) == writeJson(b->context);
}

void readAgain(const std::vector<Result<DecisionRequest>>& requests)
{
    std::string written = R"({"requests":[)";
    for (const Result<DecisionRequest>& request : requests) {
        if (&request != &requests.front()) written += ',';
        written += request ? encodeDecisionRequest(*request) : std::string("7");
    }
    const auto again = decodeDecisionBatch(written + "]}");
    demand(again && again->size() == requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) demand(same((*again)[i], requests[i]));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // Too short to be nested more deeply in a batch than is read.
    if (size > 8192) return 0;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    if (const auto batch = decodeDecisionBatch(body)) {
        demand(!batch->empty() && batch->size() <= maxBatchRequests);
        for (const Result<DecisionRequest>& request : *batch)
            if (!request) demand(!request.error().faults.empty());
        readAgain(*batch);
    }
    if (!parseWholeJson(body)) return 0;
    const auto wrapped = decodeDecisionBatch(R"({"requests":[)" + std::string(body) + "]}");
    demand(wrapped && wrapped->size() == 1);
    const auto alone = decodeDecisionRequest(body);
    demand(same(wrapped->front(), alone));
    if (!alone) demand(alone.error().faults.size() == wrapped->front().error().faults.size());
    return 0;
}
