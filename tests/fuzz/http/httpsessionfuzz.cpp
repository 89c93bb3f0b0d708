// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds a session with arbitrary bytes in arbitrary pieces and holds it to its promises.
#include "http/session.h"
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>

using namespace iam;
using namespace iam::http;

namespace {

void demand(bool held)
{
    if (!held) std::abort();
}

class Desk final : public SessionEvents {
public:
    explicit Desk(bool later)
        : answersLater(later)
    {
    }

    std::size_t bodyLimit(Method, std::string_view) override { return 4096; }
    void requestArrived(std::uint64_t sequence, WireRequest&& request) override
    {
        demand(refusals == 0);
        demand(request.target.starts_with('/') || request.target == "*");
        demand(request.body.size() <= 4096);
        demand(request.headers.count("Host") <= 1);
        demand(!request.headers.has("Content-Length") || !request.headers.has("Transfer-Encoding"));
        for (const auto& [name, value] : request.headers)
            demand((name + value).find_first_of("\r\n") == std::string::npos);
        if (answersLater)
            waiting.emplace(sequence, std::move(request));
        else
            session->respond(sequence, {Response::json(200, request.body), "id", false, false}, now);
    }
    Answer refusal(Code) override
    {
        ++refusals;
        return {Response::json(400, "{}"), "id", false, false};
    }

    const bool answersLater;
    HttpSession* session = nullptr;
    HttpSession::Time now{std::chrono::hours(1)};
    std::map<std::uint64_t, WireRequest, std::greater<>> waiting; // the last one is answered first
    int refusals = 0;
};

void drainOutput(HttpSession& session, HttpSession::Time now)
{
    for (std::string_view out = session.output(); !out.empty(); out = session.output())
        session.sent(std::min<std::size_t>(out.size(), 1000), now);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2) return 0;
    Limits limits;
    limits.header = 2048;
    limits.probeBody = 4096;
    limits.outBuffer = 4096;
    limits.pipeline = 4;
    limits.allBodies = 8192;
    const std::size_t piece = 1 + data[0];
    Desk desk((data[1] & 1U) != 0);
    const auto bodies = std::make_shared<BodyBudget>(limits.allBodies);
    {
        HttpSession session(limits, bodies, desk, desk.now);
        desk.session = &session;
        const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
        for (std::size_t at = 0; at < bytes.size() && !session.isFinished(); at += piece) {
            if (session.wantsInput()) session.receive(bytes.substr(at, piece), desk.now);
            desk.now += std::chrono::milliseconds(data[1] >> 1U);
            session.timeOut(desk.now);
            if ((data[1] & 2U) != 0 || !session.wantsInput()) {
                while (!desk.waiting.empty()) {
                    const auto waiting = std::move(desk.waiting);
                    desk.waiting.clear();
                    for (const auto& [sequence, request] : waiting)
                        session.respond(sequence, {Response::json(200, {}), "id", false, false}, desk.now);
                }
                drainOutput(session, desk.now);
            }
            demand(session.deadline() || !desk.waiting.empty() || session.isFinished());
        }
        demand(desk.refusals <= 1);
        session.receiveEnd(desk.now);
        while (!desk.waiting.empty()) {
            const auto waiting = std::move(desk.waiting);
            desk.waiting.clear();
            for (const auto& [sequence, request] : waiting)
                session.respond(sequence, {Response::json(200, {}), "id", false, false}, desk.now);
            drainOutput(session, desk.now);
        }
        drainOutput(session, desk.now);
        demand(session.isFinished()); // answered, sent, and the client is gone
    }
    demand(bodies->held() == 0);
    return 0;
}
