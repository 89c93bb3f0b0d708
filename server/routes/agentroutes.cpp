// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/agentroutes.h"
#include "cluster/agent/peerlink.h"
#include "cluster/agent/viewpath.h"
#include "cluster/proof/nodeproof.h"
#include "contract/clustercodec.h"
#include "routes/eventsquery.h"
#include "routes/respond.h"
#include "routes/workers.h"

namespace iam::routes {
namespace {

using namespace std::chrono_literals;

/// Older than this, what the agent published says that it hangs.
constexpr auto hanging = 2s;

cluster::MessageStamp stampOf(const http::Request& request)
{
    const auto field = [&request](const char* name) { return std::string(request.headers.value(name)); };
    return {field(cluster::senderField), field(cluster::timeField), field(cluster::nonceField),
            field(cluster::signatureField)};
}

/// Answers signed, so that the asker knows whose answer it is and by how much the clocks differ.
void replySigned(const AgentParts& parts, const http::ExchangePtr& exchange, const cluster::ProofKeys& keys, int status,
                 std::string body)
{
    const cluster::MessageStamp stamp =
        cluster::signAnswer(keys, parts.agent.nodeName(), status, body, parts.clock.now(),
                            exchange->request().headers.value(cluster::nonceField));
    http::Response response = http::Response::json(status, std::move(body));
    if (status != 200) response.contentType = "text/plain; charset=utf-8";
    response.headers.add(cluster::senderField, stamp.sender);
    response.headers.add(cluster::timeField, stamp.time);
    response.headers.add(cluster::signatureField, stamp.signature);
    exchange->reply(std::move(response));
}

using Answer = std::function<void(const http::ExchangePtr&, const std::shared_ptr<const cluster::ProofKeys>&)>;

/// On the agent's thread: lets in whose request is signed.
http::Handler forHolders(const AgentParts& parts, Answer answer)
{
    return [parts, answer = std::move(answer)](const http::ExchangePtr& exchange) {
        parts.agent.post([parts, exchange, answer] {
            const auto keys = parts.keys.keys();
            if (!keys) return exchange->reply(errorResponse(Error{Code::ServerBusy, "there is no cluster key", {}}));
            const http::Request& request = exchange->request();
            const auto refusal = parts.agent.admit(
                *keys, {http::methodText(request.method), request.target, request.body}, stampOf(request));
            if (refusal != cluster::Refusal::None)
                return replySigned(parts, exchange, *keys, 403, cluster::refusalText(refusal));
            answer(exchange, keys);
        });
    };
}

void proveNode(const AgentParts& parts, const http::ExchangePtr& exchange)
{
    const http::Request& request = exchange->request();
    const std::string* nonce = request.query.find("nonce");
    if (!request.peer.isLoopback())
        return exchange->reply(errorResponse(Error{Code::PermissionDenied, "not through this node's nginx", {}}));
    if (nonce == nullptr || !cluster::isProofNonce(*nonce))
        return exchange->reply(errorResponse(
            Error{Code::Bind, {}, {{"nonce", "must be 16 to 64 of the letters and digits and of - and _"}}}));
    const auto keys = parts.keys.keys();
    if (!keys) return exchange->reply(errorResponse(Error{Code::ServerBusy, "there is no cluster key", {}}));
    exchange->reply(okResponse(
        cluster::encodeNodeProof(cluster::proveNode(*keys, parts.agent.nodeName(), *nonce, parts.clock.now()))));
}

void answerEvents(const AgentParts& parts, const http::ExchangePtr& exchange,
                  const std::shared_ptr<const cluster::ProofKeys>& keys)
{
    const auto query = parseEventsQuery(exchange->request().query);
    const cluster::Journal* journal = parts.agent.journal();
    if (!query || journal == nullptr)
        return replySigned(parts, exchange, *keys, query ? 503 : 400, query ? "there is no journal" : "what is from?");
    runOn(parts.files, exchange, [parts, exchange, keys, journal, query = *query] {
        const auto reading = journal->events(query.from, query.limit);
        if (!reading) return replySigned(parts, exchange, *keys, 503, "the journal cannot be read");
        replySigned(parts, exchange, *keys, 200, contract::encodeClusterEvents(reading->page));
    });
}

ReadinessCheck check(std::string name, std::string complaint)
{
    const bool warning = !complaint.empty();
    return {std::move(name), true, std::move(complaint), warning};
}

} // namespace

std::vector<http::Route> agentRoutes(const AgentParts& parts)
{
    using enum http::Method;
    using enum http::LimitClass;
    const auto open = http::Auth::none(); // what is not for everybody looks at the signature
    return {
        {Get, cluster::nodeProofPath, open, Probe,
         [parts](const http::ExchangePtr& exchange) { proveNode(parts, exchange); }},
        {Get, cluster::observationsPath, open, Normal,
         forHolders(parts,
                    [parts](const http::ExchangePtr& exchange, const auto& keys) {
                        replySigned(parts, exchange, *keys, 200, contract::encodeNodeReport(parts.agent.report()));
                    })},
        {Get, cluster::viewPath, open, Normal,
         forHolders(parts,
                    [parts](const http::ExchangePtr& exchange, const auto& keys) {
                        const std::uint64_t after = cluster::afterOfView(exchange->request().query.find("after"));
                        replySigned(parts, exchange, *keys, 200, contract::encodeClusterView(parts.agent.view(after)));
                    })},
        {Get, cluster::journalPath, open, Normal,
         forHolders(parts, [parts](const http::ExchangePtr& exchange,
                                   const auto& keys) { answerEvents(parts, exchange, keys); })},
    };
}

std::vector<ReadinessCheck> agentReadiness(const AgentParts& parts)
{
    const auto health = parts.agent.health();
    std::vector<ReadinessCheck> checks;
    const bool alive = parts.clock.steadyNow() - health->at < hanging;
    checks.push_back({"agent", alive, "the agent hangs"});
    checks.push_back({"key", parts.keys.complaint().empty(), "there is no usable cluster key"});
    std::string missing;
    for (const std::string& sense : health->missing) missing += (missing.empty() ? "" : "; ") + sense;
    checks.push_back(check("senses", missing));
    checks.push_back(
        check("address", health->surrender.empty() ? std::string() : "the address is given up: " + health->surrender));
    for (const cluster::AgentHealth::Peer& peer : health->peers)
        checks.push_back(check("peer " + peer.name, peer.complaint));
    if (const cluster::Journal* journal = parts.agent.journal())
        checks.push_back(check("journal", journal->complaint().empty() ? std::string()
                                                                       : "the journal cannot be written; lines lost: " +
                                                                             std::to_string(journal->dropped())));
    return checks;
}

} // namespace iam::routes
