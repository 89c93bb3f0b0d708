// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/journal.h"
#include "support/manualclock.h"
#include "support/verifyresult.h"
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>

using namespace iam;
using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

contract::ClusterEvent eventOf(std::uint64_t sequence, TimePoint time)
{
    contract::ClusterEvent event;
    event.sequence = sequence;
    event.time = time;
    event.node = "n1";
    event.kind = "transition";
    event.from = "n1";
    event.to = "n2";
    event.cause = "interface";
    return event;
}

std::vector<std::string> linesOf(const std::string& path)
{
    std::vector<std::string> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

} // namespace

class JournalTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    test::ManualClock m_clock;
    int m_folders = 0;

    std::string newFolder() { return m_folder.path().toStdString() + "/j" + std::to_string(++m_folders); }
    Journal::Config configOf(const std::string& folder, std::uint64_t maxSize = 1 << 20) const
    {
        return {folder, 24h * 30, maxSize, "n1", {"10.0.4.99", {"n1", "n2"}}};
    }
    Observation word(const std::string& says, const std::string& witness = "n1", Fact fact = Fact::Address) const
    {
        return {witness, fact, {}, says, m_clock.steadyNow(), std::nullopt};
    }
    EvidenceWord heard(const std::string& says, const std::string& witness = "n1") const
    {
        return {word(says, witness), m_clock.steadyNow()};
    }
    static std::vector<std::string> saidBy(const std::vector<EvidenceWord>& words)
    {
        std::vector<std::string> texts;
        for (const EvidenceWord& word : words) texts.push_back(word.observation.witness + ' ' + word.observation.says);
        return texts;
    }

private Q_SLOTS:
    void changesAreWrittenWithWhatWasSoBefore()
    {
        using Texts = std::vector<std::string>;
        JournalFilter filter;
        QCOMPARE(saidBy(filter.take(heard("held"))), Texts{"n1 held"});
        QCOMPARE(saidBy(filter.take(heard("absent", "n2"))), Texts{"n2 absent"});
        m_clock.advance(JournalFilter::detail);
        QVERIFY(filter.take(heard("held")).empty());
        QVERIFY(filter.take(heard("absent", "n2")).empty());
        m_clock.advance(100ms);
        QCOMPARE(saidBy(filter.take(heard("absent"))), (Texts{"n1 held", "n2 absent", "n1 absent"}));
        m_clock.advance(JournalFilter::detailPeriod);
        QCOMPARE(saidBy(filter.take(heard("absent"))), Texts{"n1 absent"});
        QCOMPARE(saidBy(filter.take(heard("absent", "n2"))), Texts{"n2 absent"});
        m_clock.advance(100ms);
        QVERIFY(filter.take(heard("absent")).empty());
    }

    void aQuietDayIsSmall()
    {
        JournalFilter filter;
        std::size_t lines = 0;
        std::size_t bytes = 0;
        for (int second = 0; second < 24 * 3600; ++second) {
            for (const char* node : {"n1", "n2"})
                for (const EvidenceWord& line : filter.take(heard("absent", node))) {
                    ++lines;
                    bytes += writeEvidence(line).size() + 1;
                }
            m_clock.advance(1s);
        }
        QVERIFY(lines > 2 * 24 * 60 - 10 && lines < 2 * 24 * 60 + 100);
        QVERIFY(bytes < 512 * 1024);
    }

    void linesAreEvidenceOnOneTimeLine()
    {
        const std::string folder = newFolder();
        const TimePoint begin = m_clock.now();
        {
            auto journal = Journal::open(configOf(folder), m_clock);
            VERIFY_OK(journal);
            (*journal)->note(word("held"), m_clock.steadyNow());
            m_clock.advance(1500ms);
            m_clock.set(-5h); // the time line goes on evenly
            (*journal)->note(word("absent"), m_clock.steadyNow());
            (*journal)->note(eventOf(1, m_clock.now()));
            (*journal)->note("a notice");
        }
        const auto files = JournalFiles::list(folder);
        QVERIFY(!files.empty());
        std::vector<EvidenceWord> words;
        std::size_t skipped = 0;
        for (const std::string& file : files) {
            const auto lines = linesOf(file);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                const auto parsed = parseEvidence(lines[i]);
                VERIFY_OK(parsed);
                QCOMPARE(std::holds_alternative<EvidenceHead>(*parsed), i == 0);
                if (const auto* read = std::get_if<EvidenceWord>(&*parsed)) words.push_back(*read);
                skipped += std::holds_alternative<EvidenceSkipped>(*parsed) ? 1 : 0;
            }
        }
        QCOMPARE(words.size(), std::size_t{2});
        QCOMPARE(skipped, std::size_t{2});
        std::sort(words.begin(), words.end(),
                  [](const EvidenceWord& a, const EvidenceWord& b) { return a.observation.at < b.observation.at; });
        QCOMPARE(words[0].observation.at.time_since_epoch(), std::chrono::nanoseconds(begin.time_since_epoch()));
        QCOMPARE(words[1].observation.at - words[0].observation.at, std::chrono::nanoseconds(1500ms));
    }

    void eventsAreReadBackInPages()
    {
        const std::string folder = newFolder();
        const TimePoint begin = m_clock.now();
        {
            auto journal = Journal::open(configOf(folder), m_clock);
            VERIFY_OK(journal);
            for (std::uint64_t i = 1; i <= 5; ++i) {
                (*journal)->note(eventOf(i, m_clock.now()));
                m_clock.advance(10h); // over days
            }
        }
        const auto sequences = [](const Result<JournalReading>& reading) {
            std::vector<std::uint64_t> numbers;
            for (const auto& event : reading->page.items) numbers.push_back(event.sequence);
            return numbers;
        };
        using Numbers = std::vector<std::uint64_t>;
        const auto first = readEvents(folder, std::uint64_t{0}, 2);
        VERIFY_OK(first);
        QCOMPARE(sequences(first), (Numbers{1, 2}));
        QCOMPARE(first->page.next, std::string("3"));
        const auto last = readEvents(folder, *parseEventsFrom(first->page.next), 100);
        VERIFY_OK(last);
        QCOMPARE(sequences(last), (Numbers{3, 4, 5}));
        QVERIFY(last->page.next.empty());
        QCOMPARE(sequences(readEvents(folder, begin + 20h, 100)), (Numbers{3, 4, 5}));
        QCOMPARE(newestEvents(folder, 2).size(), std::size_t{2});
        QCOMPARE(newestEvents(folder, 2).back().sequence, std::uint64_t{5});
    }

    void whatIsDamagedIsReadAround()
    {
        const std::string folder = newFolder();
        {
            auto journal = Journal::open(configOf(folder), m_clock);
            VERIFY_OK(journal);
            (*journal)->note(eventOf(1, m_clock.now()));
            (*journal)->note(eventOf(2, m_clock.now()));
        }
        const std::string file = JournalFiles::list(folder).front();
        std::filesystem::resize_file(file, std::filesystem::file_size(file) - 20); // cut in the middle of the second
        {
            auto journal = Journal::open(configOf(folder), m_clock);
            VERIFY_OK(journal);
            (*journal)->note(eventOf(3, m_clock.now()));
        }
        {
            std::ofstream garbage(file, std::ios::app | std::ios::binary);
            garbage << std::string("\0\xff garbage\n", 12) << std::string(LineCutter::longest + 1, 'x')
                    << "\n{\"event\":{\"sequence\":\"four\"}}\n";
        }
        {
            auto journal = Journal::open(configOf(folder), m_clock);
            VERIFY_OK(journal);
            (*journal)->note(eventOf(4, m_clock.now()));
        }
        const auto reading = readEvents(folder, std::uint64_t{0}, 100);
        VERIFY_OK(reading);
        QCOMPARE(reading->page.items.size(), std::size_t{3});
        QCOMPARE(reading->page.items.back().sequence, std::uint64_t{4});
        QCOMPARE(reading->damaged, std::uint64_t{4});
    }

    void oldDaysAndTooManyBytesGo()
    {
        const std::string folder = newFolder();
        auto files = JournalFiles::open({folder, 48h, 8 * 1024, "{}"}, m_clock);
        VERIFY_OK(files);
        const auto sizeOfAll = [&folder] {
            std::uint64_t size = 0;
            for (const std::string& path : JournalFiles::list(folder)) size += std::filesystem::file_size(path);
            return size;
        };
        for (int i = 0; i < 1000; ++i) {
            VERIFY_OK(files->append(std::string(99, 'x'), false));
            QVERIFY(sizeOfAll() <= 8 * 1024 + 200);
        }
        QVERIFY(sizeOfAll() > 4 * 1024);
        for (int day = 0; day < 4; ++day) {
            m_clock.advance(24h);
            VERIFY_OK(files->append("a day", true));
        }
        QCOMPARE(JournalFiles::list(folder).size(), std::size_t{3}); // today, and the two days that are kept
        m_clock.set(24h * 365);                                      // by a clock that was set nothing is old
        VERIFY_OK(files->append("far away", true));
        QCOMPARE(JournalFiles::list(folder).size(), std::size_t{4});
    }

    void aDirectoryThatCannotBeWrittenIsSaidAndCounted()
    {
        const std::string folder = newFolder();
        auto journal = Journal::open(configOf(folder), m_clock);
        VERIFY_OK(journal);
        std::filesystem::remove_all(folder);
        std::ofstream(folder) << "a file in its place";
        (*journal)->note(eventOf(1, m_clock.now()));
        QTRY_VERIFY(!(*journal)->complaint().empty());
        QCOMPARE((*journal)->dropped(), std::uint64_t{1});
        std::filesystem::remove(folder);
        std::filesystem::create_directory(folder);
        (*journal)->note(eventOf(2, m_clock.now()));
        QTRY_VERIFY((*journal)->complaint().empty());
        QTRY_COMPARE((*journal)->newest(10).size(), std::size_t{1});
        QVERIFY(linesOf(JournalFiles::list(folder).front()).back().find("1 lines were lost") != std::string::npos);
    }

    void aFullDiskCostsLinesAndNothingElse()
    {
        const std::string folder = newFolder();
        auto files = JournalFiles::open({folder, 24h, 1 << 20, "{}"}, m_clock);
        VERIFY_OK(files);
        VERIFY_OK(files->append("before", false));
        rlimit whole{};
        ::getrlimit(RLIMIT_FSIZE, &whole);
        const auto old = ::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{20, whole.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto failed = files->append(std::string(100, 'x'), false);
        ::setrlimit(RLIMIT_FSIZE, &whole);
        ::signal(SIGXFSZ, old);
        VERIFY_CODE(failed, Code::StorageUnavailable);
        VERIFY_OK(files->append("after", false));
        QCOMPARE(linesOf(JournalFiles::list(folder).front()), (std::vector<std::string>{"{}", "before", "after"}));
    }

    void beginningsAreTimesOrNumbers()
    {
        QVERIFY(parseEventsFrom("17") == EventsFrom(std::uint64_t{17}));
        QVERIFY(parseEventsFrom("1970-01-01T00:00:01Z") == EventsFrom(TimePoint(1s)));
        for (const char* text : {"", "-1", "1x", "yesterday", "18446744073709551616"})
            QVERIFY2(!parseEventsFrom(text), text);
    }
};

QTEST_GUILESS_MAIN(JournalTest)
#include "journaltest.moc"
