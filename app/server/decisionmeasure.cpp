// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decisionmeasure.h"
#include "authz/patternpool.h"
#include "base/text.h"
#include <algorithm>
#include <ctime>
#include <malloc.h>
#include <random>
#include <utility>
#ifdef __x86_64__
#include <cpuid.h>
#include <x86intrin.h>
#endif

namespace iam::app {

namespace {

using SteadyClock = std::chrono::steady_clock;

std::chrono::nanoseconds threadTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// Whether the counter runs at one speed in all states of the processor (CPUID 80000007h, EDX bit 8).
bool hasEvenCounter()
{
#ifdef __x86_64__
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    if (__get_cpuid(0x80000007, &a, &b, &c, &d) != 0 && (d & 1U << 8) != 0) return true;
#endif
    return false;
}

const bool evenCounter = hasEvenCounter();

} // namespace

std::uint64_t Stopwatch::now() noexcept
{
#ifdef __x86_64__
    if (evenCounter) {
        unsigned processor = 0;
        return __rdtscp(&processor);
    }
#endif
    return static_cast<std::uint64_t>(SteadyClock::now().time_since_epoch().count());
}

Stopwatch::Stopwatch()
    : m_countsCycles(evenCounter)
{
    if (m_countsCycles) {
        const auto start = SteadyClock::now();
        const std::uint64_t first = now();
        auto end = start;
        while (end - start < std::chrono::milliseconds(20)) end = SteadyClock::now();
        const std::uint64_t last = now();
        m_tick = std::chrono::duration<double, std::nano>(end - start).count() / static_cast<double>(last - first);
    }
    TimeList nothing(10'000);
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t first = now();
        nothing.add(now() - first);
    }
    m_ownCost = nothing.summary(*this).median;
}

DecisionTimes TimeList::summary(const Stopwatch& stopwatch)
{
    DecisionTimes times;
    times.decisions = m_ticks.size();
    if (m_ticks.empty()) return times;
    std::sort(m_ticks.begin(), m_ticks.end());
    const auto at = [&](double share) {
        const auto place = static_cast<std::size_t>(share * static_cast<double>(m_ticks.size()));
        return stopwatch.nanoseconds(m_ticks[std::min(place, m_ticks.size() - 1)]);
    };
    times.median = at(0.5);
    times.p99 = at(0.99);
    times.p999 = at(0.999);
    times.most = at(1);
    return times;
}

DecisionTimes timeDecisions(const authz::PolicySet& policies, const std::vector<contract::DecisionRequest>& requests,
                            const Stopwatch& stopwatch, std::chrono::milliseconds least, std::chrono::milliseconds most)
{
    if (requests.empty()) return {};
    const auto start = SteadyClock::now();
    const auto warm = [&](std::size_t count) {
        for (std::size_t i = 0; i < count && SteadyClock::now() - start < most / 5; ++i)
            (void)policies.decide(requests[i]);
    };
    warm(requests.size());

    TimeList list(requests.size());
    std::size_t allowed = 0;
    const auto begin = SteadyClock::now();
    const auto cpuBegin = threadTime();
    for (auto now = begin; now - begin < least; now = SteadyClock::now()) {
        std::size_t asked = 0;
        for (const contract::DecisionRequest& request : requests) {
            const std::uint64_t first = Stopwatch::now();
            const contract::Decision decision = policies.decide(request);
            list.add(Stopwatch::now() - first);
            allowed += decision.allowed ? 1 : 0;
            // Looking at the steady clock each time would spoil the caches a little.
            if (++asked % 64 == 0 && SteadyClock::now() - begin > most) break;
            if (policies.size() > 10'000 && SteadyClock::now() - begin > most) break;
        }
    }
    const double cpu = std::chrono::duration<double, std::nano>(threadTime() - cpuBegin).count();
    DecisionTimes times = list.summary(stopwatch);
    const double own = stopwatch.ownCost() * static_cast<double>(times.decisions);
    times.mean = std::max(0.0, cpu - own) / static_cast<double>(times.decisions);
    times.allowed = allowed;
    return times;
}

std::size_t heapBytes()
{
    const struct mallinfo2 info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

SetCost compileMeasured(const std::vector<contract::PolicyDocument>& documents, bool indexed)
{
    SetCost cost;
    const std::size_t before = heapBytes();
    const auto start = threadTime();
    using Indexing = authz::PolicySet::Indexing;
    cost.set = authz::PolicySet::compile(documents, indexed ? Indexing::On : Indexing::Off);
    cost.compileTime = threadTime() - start;
    const std::size_t after = heapBytes();
    cost.bytes = after > before ? after - before : 0;
    return cost;
}

std::chrono::nanoseconds timeOneChange(std::shared_ptr<const authz::PolicySet> set,
                                       const std::vector<contract::PolicyDocument>& documents)
{
    if (documents.empty()) return {};
    std::vector<std::uint64_t> ranks;
    for (auto policy = set->policies().begin(); policy != set->policies().end(); ++policy)
        ranks.push_back(policy.rank());
    std::vector<std::chrono::nanoseconds> times;
    std::mt19937_64 random(1);
    authz::PatternPool pool;
    for (int i = 0; i < 9; ++i) {
        const std::size_t place = random() % documents.size();
        contract::PolicyDocument changed = documents[place];
        if (changed.resources) changed.resources->push_back("changed:" + std::to_string(i));
        const auto start = threadTime();
        set = set->with({{ranks[place], authz::CompiledPolicy::compile(changed, pool)}}); // frees the old one
        times.push_back(threadTime() - start);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

namespace {

// The entry with each <…> replaced: by one of its alternatives when it is nothing but words, else by `filling`.
std::string likeEntry(const std::string& entry, const std::string& filling, std::uint64_t choice)
{
    std::string out;
    std::string part;
    int depth = 0;
    for (const char c : entry) {
        if (c == '<' && depth++ == 0) {
            part.clear();
        } else if (c == '>' && depth > 0 && --depth == 0) {
            const bool plain = !part.empty() && part.find_first_of("\\.+*?()[]{}^$<>") == std::string::npos;
            if (!plain) {
                out += filling;
                continue;
            }
            std::vector<std::string> words;
            for (std::size_t from = 0; from <= part.size();) {
                const std::size_t end = std::min(part.find('|', from), part.size());
                words.push_back(part.substr(from, end - from));
                from = end + 1;
            }
            out += words[choice % words.size()];
        } else {
            (depth == 0 ? out : part) += c;
        }
    }
    return out;
}

contract::Json likeCondition(const contract::Condition& condition, const contract::DecisionRequest& request)
{
    if (const auto* equal = std::get_if<contract::StringEqualCondition>(&condition)) return equal->equals;
    if (const auto* boolean = std::get_if<contract::BooleanCondition>(&condition)) return boolean->value;
    if (std::holds_alternative<contract::EqualsSubjectCondition>(condition)) return request.subject;
    if (std::holds_alternative<contract::StringPairsEqualCondition>(condition)) return contract::Json::Array{};
    if (const auto* cidr = std::get_if<contract::CidrCondition>(&condition))
        return cidr->cidr.substr(0, cidr->cidr.find('/'));
    if (const auto* match = std::get_if<contract::StringMatchCondition>(&condition)) return match->matches;
    return contract::Json::Object{{"value", request.resource}};
}

} // namespace

std::vector<contract::DecisionRequest> requestsNear(const std::vector<contract::PolicyDocument>& documents,
                                                    std::size_t count)
{
    std::vector<contract::DecisionRequest> made;
    if (documents.empty()) return made;
    std::mt19937_64 random(20261122);
    made.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const contract::PolicyDocument& policy = documents[random() % documents.size()];
        const std::string filling = "x" + std::to_string(i);
        const auto textOf = [&](const contract::PatternList& list) {
            if (!list || list->empty()) return filling;
            return likeEntry((*list)[random() % list->size()], filling, random());
        };
        contract::DecisionRequest request;
        request.action = textOf(policy.actions);
        request.subject = textOf(policy.subjects);
        request.resource = textOf(policy.resources);
        for (const auto& [key, condition] : policy.conditions)
            request.context.set(key, likeCondition(condition, request));
        request.context.set("iam-bench", std::to_string(i)); // makes each another one
        if (i % 4 == 0) request.action += "-no";
        made.push_back(std::move(request));
    }
    return made;
}

} // namespace iam::app
