// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestcounters.h"
#include <QTest>
#include <numeric>
#include <thread>

using namespace iam;
using namespace iam::http;
using namespace std::chrono_literals;

namespace {

std::vector<Route> someRoutes()
{
    const auto row = [](Method method, const char* pattern) {
        return Route(method, pattern, Auth::none(), LimitClass::Normal, [](const ExchangePtr&) {});
    };
    return {row(Method::Get, "/a"), row(Method::Post, "/a"), row(Method::Get, "/b/:name")};
}

std::uint64_t countOf(const RequestReading& reading, const std::string& route, Method method, int status)
{
    for (const auto& answers : reading.answers)
        if (answers.route == route && answers.method == method && answers.status == status) return answers.count;
    return 0;
}

} // namespace

class RequestCountersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsByRouteMethodAndStatus()
    {
        const std::vector<Route> routes = someRoutes();
        RequestCounters counters(routes);
        QCOMPARE(counters.read().answers.size(), std::size_t(0));
        counters.count(&routes[0], Method::Get, 200, 10us);
        counters.count(&routes[0], Method::Head, 200, 10us);
        counters.count(&routes[1], Method::Post, 401, 10us);
        counters.count(&routes[1], Method::Post, 401, 10us);
        counters.count(&routes[2], Method::Get, 418, 10us); // a status that is not known here
        counters.countRefusal(431);
        const RequestReading reading = counters.read();
        QCOMPARE(countOf(reading, "/a", Method::Get, 200), std::uint64_t(1));
        QCOMPARE(countOf(reading, "/a", Method::Head, 200), std::uint64_t(1));
        QCOMPARE(countOf(reading, "/a", Method::Post, 401), std::uint64_t(2));
        QCOMPARE(countOf(reading, "/b/:name", Method::Get, 0), std::uint64_t(1));
        QCOMPARE(countOf(reading, "", Method::Other, 431), std::uint64_t(1));
        QCOMPARE(reading.answers.size(), std::size_t(5));
        QCOMPARE(reading.total(), std::uint64_t(6));
        QCOMPARE(reading.total(4), std::uint64_t(3));
    }

    void whatHasNoRouteSharesOnePlace()
    {
        const std::vector<Route> routes = someRoutes();
        const Route elsewhere = routes[0];
        RequestCounters counters(routes);
        counters.count(nullptr, Method::Get, 404, 1us);
        counters.count(&elsewhere, Method::Get, 404, 1us); // the fallback is no row of the table
        counters.count(nullptr, Method::Other, 404, 1us);
        const RequestReading reading = counters.read();
        QCOMPARE(countOf(reading, "", Method::Get, 404), std::uint64_t(2));
        QCOMPARE(countOf(reading, "", Method::Other, 404), std::uint64_t(1));
        QCOMPARE(reading.durations.size(), std::size_t(1));
    }

    void durationsFallIntoTheirBuckets()
    {
        const std::vector<Route> routes = someRoutes();
        RequestCounters counters(routes);
        const auto bounds = RequestCounters::durationBounds();
        QVERIFY(bounds.front() == 50us);
        QVERIFY(std::is_sorted(bounds.begin(), bounds.end()));
        for (const auto bound : bounds)
            counters.count(&routes[0], Method::Get, 200, bound); // a bound belongs to its own
        counters.count(&routes[1], Method::Post, 200, bounds.back() + 1ns);
        const RequestReading reading = counters.read();
        QCOMPARE(reading.durations.size(), std::size_t(1)); // one pattern
        const auto& of = reading.durations.front();
        QCOMPARE(of.buckets, std::vector<std::uint64_t>(bounds.size() + 1, 1));
        const auto sum = std::accumulate(bounds.begin(), bounds.end(), std::chrono::nanoseconds{0});
        QVERIFY(of.sum == sum + bounds.back() + 1ns);
    }

    void losesNothingToOtherThreads()
    {
        const std::vector<Route> routes = someRoutes();
        RequestCounters counters(routes);
        constexpr std::uint64_t each = 50'000;
        constexpr int count = 12; // more than there are stripes
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < count; ++i)
                threads.emplace_back([&] {
                    for (std::uint64_t n = 0; n < each; ++n) counters.count(&routes[0], Method::Get, 200, 60us);
                });
        }
        const RequestReading reading = counters.read();
        QCOMPARE(reading.total(), each * count);
        QCOMPARE(reading.durations.front().buckets[1], each * count);
        QVERIFY(reading.durations.front().sum == std::chrono::nanoseconds(60us) * static_cast<int>(each * count));
    }

    void countingIsCheap()
    {
        const std::vector<Route> routes = someRoutes();
        RequestCounters counters(routes);
        QBENCHMARK
        {
            counters.count(&routes[2], Method::Get, 200, 70us);
        }
        QVERIFY(counters.read().total() > 0);
    }
};

QTEST_GUILESS_MAIN(RequestCountersTest)
#include "requestcounterstest.moc"
