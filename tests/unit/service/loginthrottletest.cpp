// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/loginthrottle.h"
#include "support/manualclock.h"
#include <QTest>

using namespace iam;
using namespace iam::service;
using namespace std::chrono_literals;

class LoginThrottleTest : public QObject {
    Q_OBJECT

    test::ManualClock m_clock;
    std::optional<LoginThrottle> m_throttle;

    void fail(int times, const std::string& account, const std::string& address)
    {
        for (int i = 0; i < times; ++i) m_throttle->countFailure(account, address);
    }
    std::chrono::milliseconds wait(const std::string& account, const std::string& address) const
    {
        return m_throttle->wait(account, address).value_or(0ms);
    }

private Q_SLOTS:
    void init() { m_throttle.emplace(LoginThrottleLimits{3, 5, 5min, 1s, 10s}, m_clock); }

    void theWaitGrowsButNotForEver()
    {
        fail(2, "ann", "10.0.0.1");
        QVERIFY(wait("ann", "10.0.0.9") == 0ms);
        const std::chrono::milliseconds waits[] = {1s, 2s, 4s, 8s, 10s, 10s};
        for (const auto expected : waits) {
            m_throttle->countFailure("ANN", "10.0.1." + std::to_string(expected.count() % 250));
            QVERIFY(wait("Ann", "10.0.0.9") == expected);
        }
        fail(100'000, "ann", "10.0.0.2"); // no overflow either
        QVERIFY(wait("ann", "10.0.0.9") == 10s);
        m_clock.advance(9999ms);
        QVERIFY(wait("ann", "10.0.0.9") == 1ms);
        m_clock.advance(1ms);
        QVERIFY(wait("ann", "10.0.0.9") == 0ms);
        QVERIFY(wait("bob", "10.0.0.9") == 0ms);
    }

    void aSuccessEndsItForTheAccountOnly()
    {
        fail(5, "ann", "10.0.0.1");
        m_throttle->forget("aNN");
        QVERIFY(wait("ann", "10.0.0.2") == 0ms);
        QVERIFY(wait("ann", "10.0.0.1") == 1s);
        QCOMPARE(m_throttle->failures(), std::uint64_t{5});
    }

    void failuresAreForgottenAfterTheWindow()
    {
        fail(3, "ann", "10.0.0.1");
        m_clock.advance(5min + 1ms);
        QVERIFY(wait("ann", "10.0.0.1") == 0ms);
        fail(2, "ann", "10.0.0.1");
        QVERIFY(wait("ann", "10.0.0.1") == 0ms);
        fail(1, "ann", "10.0.0.1");
        QVERIFY(wait("ann", "10.0.0.1") == 1s);
    }

    void anAddressWaitsWhateverNameItTries()
    {
        for (int i = 0; i < 5; ++i) m_throttle->countFailure("user" + std::to_string(i), "10.0.0.1");
        QVERIFY(wait("another", "10.0.0.1") == 1s);
        QVERIFY(wait("another", "10.0.0.2") == 0ms);
    }

    void onePrefixOfIpv6IsOneAddress()
    {
        for (int i = 0; i < 5; ++i)
            m_throttle->countFailure("user" + std::to_string(i), "2001:db8:1:2::" + std::to_string(i + 1));
        QVERIFY(wait("another", "2001:db8:1:2:ffff::1") == 1s);
        QVERIFY(wait("another", "2001:db8:1:3::1") == 0ms);
    }

    void longNamesAreOneEntry()
    {
        const std::string longName(12'000, 'a');
        fail(3, longName + "1", "10.0.0.1");
        QVERIFY(wait(longName + "2", "10.0.0.2") == 1s);
        QVERIFY(wait(longName.substr(0, 100), "10.0.0.2") == 0ms);
    }

    void theOldestGoFirst()
    {
        fail(3, "first", "10.0.0.1");
        m_clock.advance(1ms);
        fail(3, "second", "10.0.0.2");
        m_clock.advance(1ms);
        for (int i = 0; i < 19'999; ++i) m_throttle->countFailure("user" + std::to_string(i), "10.0.0.3");
        QVERIFY(wait("first", "10.0.0.9") == 0ms);
        QVERIFY(wait("second", "10.0.0.9") > 0ms);
    }
};

QTEST_GUILESS_MAIN(LoginThrottleTest)
#include "loginthrottletest.moc"
