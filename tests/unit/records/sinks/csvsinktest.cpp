// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The files of the csv sink.
#include "records/sinks/csvsink.h"
#include "sinksamples.h"
#include "support/csvrows.h"
#include "support/manualclock.h"
#include "support/verifyresult.h"
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

namespace {

const QString firstName = QStringLiteral("2023-November-14-22.csv"); // of ManualClock's beginning

void setFileLimit(rlim_t bytes)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

} // namespace

class CsvSinkTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    test::ManualClock m_clock;

    [[nodiscard]] QString place() const { return m_folder->filePath(QStringLiteral("records")); }
    [[nodiscard]] QString pathOf(const QString& name) const { return place() + u'/' + name; }
    [[nodiscard]] CsvSink makeSink(std::chrono::milliseconds timeout = 5s) const
    {
        return {CsvOptions{place().toStdString(), true}, timeout, m_clock};
    }
    [[nodiscard]] QByteArray textOf(const QString& name) const
    {
        QFile file(pathOf(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void put(const QString& name, const QByteArray& text) const
    {
        QDir().mkpath(place());
        QFile file(pathOf(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    /// The numbers in the column Sequence; {-1} when the file is not as it must be.
    [[nodiscard]] QList<int> numbersIn(const QString& name) const
    {
        const QByteArray text = textOf(name);
        const auto rows = test::readCsv({text.constData(), static_cast<std::size_t>(text.size())});
        if (!rows || rows->empty() || rows->front().size() != 11 || rows->front()[9] != "Sequence") return {-1};
        QList<int> numbers;
        for (std::size_t i = 1; i < rows->size(); ++i) numbers << std::stoi((*rows)[i][9]);
        return numbers;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aNewFileBeginsWithTheHeader()
    {
        CsvSink sink = makeSink();
        VERIFY_OK(sink.write(test::sampleRecords(1, 3)));
        VERIFY_OK(sink.write(test::sampleRecords(4, 2)));
        QCOMPARE(numbersIn(firstName), (QList{1, 2, 3, 4, 5}));
        CsvSink another = makeSink();
        VERIFY_OK(another.write(test::sampleRecords(6, 1)));
        QCOMPARE(numbersIn(firstName), (QList{1, 2, 3, 4, 5, 6}));
    }
    void onlyOwnerAndGroupMayRead()
    {
        CsvSink sink = makeSink();
        VERIFY_OK(sink.write(test::sampleRecords(1, 1)));
        struct stat status {};
        QCOMPARE(::stat(place().toUtf8().constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0750U);
        QCOMPARE(::stat(pathOf(firstName).toUtf8().constData(), &status), 0);
        QCOMPARE(status.st_mode & 0027U, 0000U);
    }
    void everyHourHasItsFile()
    {
        CsvSink sink = makeSink();
        VERIFY_OK(sink.write(test::sampleRecords(1, 1)));
        m_clock.advance(1h);
        VERIFY_OK(sink.write(test::sampleRecords(2, 1)));
        m_clock.set(-1h); // the clock is set back: the earlier file is gone on with
        VERIFY_OK(sink.write(test::sampleRecords(3, 1)));
        QCOMPARE(numbersIn(firstName), (QList{1, 3}));
        QCOMPARE(numbersIn(QStringLiteral("2023-November-14-23.csv")), (QList{2}));
    }
    void aTornLineIsCutOff_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QList<int>>("numbers");
        CsvLines lines(true);
        std::string text(csvHeader(true));
        const QByteArray header = QByteArray::fromStdString(text);
        for (const auto& record : test::sampleRecords(1, 2)) lines.append(text, record);
        const QByteArray whole = QByteArray::fromStdString(text);
        QTest::newRow("whole") << whole << QList{1, 2, 9};
        QTest::newRow("no line feed") << whole.chopped(1) << QList{1, 9};
        QTest::newRow("within a line") << whole.chopped(30) << QList{1, 9};
        QTest::newRow("within the header") << header.left(20) << QList{9};
        QTest::newRow("header without its end") << header.chopped(1) << QList{9};
        QTest::newRow("empty") << QByteArray() << QList{9};
        QTest::newRow("only the header") << header << QList{9};
        QTest::newRow("a long one") << whole + QByteArray(300'000, 'x') << QList{1, 2, 9};
        QTest::newRow("room that was never written") << whole + QByteArray(5000, '\0') << QList{1, 2, 9};
    }
    void aTornLineIsCutOff()
    {
        QFETCH(QByteArray, left);
        QFETCH(QList<int>, numbers);
        put(firstName, left);
        CsvSink sink = makeSink();
        VERIFY_OK(sink.write(test::sampleRecords(9, 1)));
        QCOMPARE(numbersIn(firstName), numbers);
    }
    void aFileWithOtherColumnsIsLeftAsItIs()
    {
        const QByteArray other = QByteArray(csvHeader(false).data(), static_cast<qsizetype>(csvHeader(false).size()));
        put(firstName, other + "1,a,allow,,,,,\n");
        CsvSink sink = makeSink();
        VERIFY_OK(sink.write(test::sampleRecords(1, 1)));
        VERIFY_OK(sink.write(test::sampleRecords(2, 1)));
        CsvSink another = makeSink();
        VERIFY_OK(another.write(test::sampleRecords(3, 1)));
        QCOMPARE(textOf(firstName), other + "1,a,allow,,,,,\n");
        QCOMPARE(numbersIn(QStringLiteral("2023-November-14-22-2.csv")), (QList{1, 2, 3}));
    }
    void aFileThatIsTakenAwayIsMadeAgain()
    {
        CsvSink sink = makeSink();
        VERIFY_OK(sink.write(test::sampleRecords(1, 1)));
        QVERIFY(QFile::rename(pathOf(firstName), pathOf(QStringLiteral("taken"))));
        VERIFY_OK(sink.write(test::sampleRecords(2, 1)));
        QCOMPARE(numbersIn(QStringLiteral("taken")), (QList{1}));
        QCOMPARE(numbersIn(firstName), (QList{2}));
        QVERIFY(QDir(place()).removeRecursively());
        VERIFY_OK(sink.write(test::sampleRecords(3, 1)));
        QCOMPARE(numbersIn(firstName), (QList{3}));
    }
    void aFolderThatCannotBeMadeIsWaitedFor()
    {
        QFile obstacle(place());
        QVERIFY(obstacle.open(QIODevice::WriteOnly));
        CsvSink sink = makeSink();
        const auto refused = sink.write(test::sampleRecords(1, 1));
        VERIFY_CODE(refused, Code::StorageUnavailable);
        QVERIFY(refused.error().detail.starts_with(place().toStdString()));
        QVERIFY(obstacle.remove());
        VERIFY_OK(sink.write(test::sampleRecords(1, 1)));
        QCOMPARE(numbersIn(firstName), (QList{1}));
    }
    void aLinkIsNotFollowed()
    {
        put(QStringLiteral("elsewhere"), "mine\n");
        QVERIFY(QFile::link(pathOf(QStringLiteral("elsewhere")), pathOf(firstName)));
        CsvSink sink = makeSink();
        VERIFY_CODE(sink.write(test::sampleRecords(1, 1)), Code::StorageUnavailable);
        QCOMPARE(textOf(QStringLiteral("elsewhere")), QByteArray("mine\n"));
    }
    void withoutRoomNothingStaysBehind()
    {
        CsvSink sink = makeSink();
        VERIFY_OK(sink.write(test::sampleRecords(1, 2)));
        const QByteArray before = textOf(firstName);
        ::signal(SIGXFSZ, SIG_IGN);
        setFileLimit(static_cast<rlim_t>(before.size()) + 1000); // less than three lines more
        const auto refused = sink.write(test::sampleRecords(3, 10));
        setFileLimit(RLIM_INFINITY);
        VERIFY_CODE(refused, Code::StorageUnavailable);
        QCOMPARE(textOf(firstName), before);
        VERIFY_OK(sink.write(test::sampleRecords(3, 2)));
        QCOMPARE(numbersIn(firstName), (QList{1, 2, 3, 4}));
    }
    void whoHoldsTheFileIsWaitedFor()
    {
        CsvSink sink = makeSink(50ms);
        VERIFY_OK(sink.write(test::sampleRecords(1, 1)));
        const int other = ::open(pathOf(firstName).toUtf8().constData(), O_RDONLY | O_CLOEXEC);
        QVERIFY(::flock(other, LOCK_EX) == 0);
        VERIFY_CODE(sink.write(test::sampleRecords(2, 1)), Code::StorageUnavailable);
        ::close(other);
        VERIFY_OK(sink.write(test::sampleRecords(2, 1)));
        QCOMPARE(numbersIn(firstName), (QList{1, 2}));
    }
    void manyMayWriteToOneFile()
    {
        const auto writeSome = [this](int first) {
            CsvSink sink = makeSink(60s);
            for (int i = 0; i < 20; ++i)
                if (!sink.write(test::sampleRecords(first + i * 10, 10))) return;
        };
        {
            std::vector<std::thread> writers;
            for (int i = 0; i < 3; ++i) writers.emplace_back(writeSome, i * 1000);
            for (std::thread& writer : writers) writer.join();
        }
        QList<int> numbers = numbersIn(firstName);
        std::sort(numbers.begin(), numbers.end());
        QList<int> expected;
        for (int i = 0; i < 3; ++i)
            for (int k = 0; k < 200; ++k) expected << i * 1000 + k;
        QCOMPARE(numbers, expected);
    }
};

QTEST_GUILESS_MAIN(CsvSinkTest)
#include "csvsinktest.moc"
