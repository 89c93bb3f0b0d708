// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How many records a second one thread writes to a csv file. Prints; judges no time.
#include "records/sinks/csvsink.h"
#include "sinksamples.h"
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <ctime>

using namespace iam;
using namespace iam::records;

class CsvThroughputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void throughput()
    {
        const QTemporaryDir folder;
        const SystemClock clock;
        CsvSink sink(CsvOptions{folder.path().toStdString(), false}, std::chrono::seconds(60), clock);
        constexpr int batch = 512; // as many as a block of the decision log has
        constexpr int batches = 200;
        const auto records = test::sampleRecords(1, batch);
        QElapsedTimer timer;
        timer.start();
        const std::clock_t before = std::clock();
        for (int i = 0; i < batches; ++i) QVERIFY(sink.write(records).has_value());
        const double busy = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
        const double taken = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        constexpr double count = batch * batches;
        qInfo("%.0f records in batches of %d, each on the disk before the next: %.0f a second (%.0f a second of CPU "
              "time)",
              count, batch, count / taken, count / busy);
    }
};

QTEST_GUILESS_MAIN(CsvThroughputTest)
#include "csvthroughputtest.moc"
