// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The counters of the prometheus sink, as a scrape reads them.
#include "records/sinks/prometheussink.h"
#include "sinksamples.h"
#include "support/prometheustext.h"
#include "support/verifyresult.h"
#include <QTest>

using namespace iam;
using namespace iam::records;

namespace {

constexpr const char* family = "iam_user_authorization_status_total";

contract::DecisionRecord decision(const std::string& owner, bool allowed)
{
    contract::DecisionRecord record = test::sampleRecord({}, 0, owner);
    record.allowed = allowed;
    return record;
}

} // namespace

class PrometheusSinkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decisionsAreCounted()
    {
        PrometheusSink sink({});
        QCOMPARE(sink.metrics(), std::string());
        VERIFY_OK(sink.write(std::vector{decision("colin", true), decision("colin", false), decision("colin", false),
                                         decision("tom", true)}));
        VERIFY_OK(sink.write(std::vector{decision("tom", true)}));
        const test::Scrape scrape = test::readPrometheusText(sink.metrics());
        QCOMPARE(scrape.fault, std::string());
        QVERIFY(scrape.family(family) != nullptr);
        QCOMPARE(scrape.family(family)->type, std::string("counter"));
        QCOMPARE(scrape.series(), std::size_t{3});
        QCOMPARE(scrape.value(family, {{"code", "0"}, {"username", "colin"}}), std::optional(1.0));
        QCOMPARE(scrape.value(family, {{"code", "1"}, {"username", "colin"}}), std::optional(2.0));
        QCOMPARE(scrape.value(family, {{"code", "0"}, {"username", "tom"}}), std::optional(2.0));
    }
    void usersBeyondTheLimitAreOneTogether()
    {
        PrometheusSink sink(PrometheusOptions{2});
        VERIFY_OK(sink.write(std::vector{decision("a", true), decision("b", true), decision("c", true),
                                         decision("d", true), decision("a", true), decision("other", false)}));
        const test::Scrape scrape = test::readPrometheusText(sink.metrics());
        QCOMPARE(scrape.fault, std::string());
        QCOMPARE(scrape.value(family, {{"code", "0"}, {"username", "a"}}), std::optional(2.0));
        QCOMPARE(scrape.value(family, {{"code", "0"}, {"username", "other"}}), std::optional(2.0));
        QCOMPARE(scrape.value(family, {{"code", "1"}, {"username", "other"}}), std::optional(1.0));
        QVERIFY(!scrape.value(family, {{"username", "c"}}));
        QCOMPARE(scrape.value(family), std::optional(6.0));
    }
    void anyNameIsALabel()
    {
        PrometheusSink sink({});
        const std::string strange = "a\"b\\c\nd\xff\xc3\xa9";
        VERIFY_OK(sink.write(std::vector{decision(strange, true)}));
        const test::Scrape scrape = test::readPrometheusText(sink.metrics());
        QCOMPARE(scrape.fault, std::string());
        QCOMPARE(scrape.value(family, {{"username", "a\"b\\c\nd\xef\xbf\xbd\xc3\xa9"}}), std::optional(1.0));
    }
    void scrapesWhileItCounts()
    {
        PrometheusSink sink({});
        std::atomic<bool> done = false;
        std::thread writer([&] {
            for (int i = 0; i < 2000; ++i) (void)sink.write(std::vector{decision("u" + std::to_string(i), i % 2 == 0)});
            done = true;
        });
        double last = 0;
        bool rises = true;
        while (!done) {
            const std::string text = sink.metrics();
            if (text.empty()) continue;
            const double now = test::readPrometheusText(text).value(family).value_or(-1);
            rises = rises && now >= last;
            last = now;
        }
        writer.join();
        QVERIFY(rises);
        QCOMPARE(test::readPrometheusText(sink.metrics()).value(family), std::optional(2000.0));
    }
};

QTEST_GUILESS_MAIN(PrometheusSinkTest)
#include "prometheussinktest.moc"
