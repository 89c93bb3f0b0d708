// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordsdrill/verdict.h"
#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace iam::drill {

namespace {

std::uint64_t sumOf(const std::map<std::string, std::uint64_t>& counts)
{
    std::uint64_t sum = 0;
    for (const auto& [cause, count] : counts) sum += count;
    return sum;
}

unsigned long long shown(std::uint64_t number)
{
    return number;
}

class Judge {
public:
    Judge(const Evidence& evidence, const Asked& asked)
        : m_evidence(evidence)
        , m_asked(asked)
    {
    }

    Verdict judge()
    {
        judgeLogs();
        judgeSinks();
        judgeQuestions();
        judgeLegacy();
        return std::move(m_verdict);
    }

private:
    [[gnu::format(printf, 2, 3)]] void print(const char* format, ...)
    {
        char line[512];
        va_list arguments;
        va_start(arguments, format);
        std::vsnprintf(line, sizeof line, format, arguments);
        va_end(arguments);
        m_verdict.table += line;
    }
    void expect(bool holds, const std::string& sentence)
    {
        if (!holds) m_verdict.faults.push_back(sentence);
    }
    void expectEqual(std::uint64_t found, std::uint64_t wanted, const std::string& what)
    {
        expect(found == wanted, what + ": " + std::to_string(found) + ", not " + std::to_string(wanted));
    }

    void judgeLogs()
    {
        print("\n%-10s %9s %9s %9s  %s\n", "source", "produced", "stored", "missing", "why");
        for (const auto& [source, log] : m_evidence.logs) {
            std::string causes;
            for (const auto& [cause, count] : log.gaps) {
                causes += cause + " " + std::to_string(count) + " ";
                expect(cause == "crash", source + ": records are missing because of \"" + cause + "\"");
            }
            print("%-10s %9llu %9zu %9llu  %s\n", source.c_str(), shown(log.last), log.stored.size(),
                  shown(sumOf(log.gaps)), causes.c_str());
            expectEqual(log.stored.size() + sumOf(log.gaps), log.last, source + ": stored and missing");
            expect(!log.stored.empty(), source + ": there is no record");
        }
    }

    void judgeSinks()
    {
        print("\n%-10s %-8s %9s %9s %9s %9s %9s %9s %9s\n", "sink", "source", "taken", "dead", "filtered", "holes",
              "found", "again", "missing");
        int positions = 0;
        for (const contract::SinkStatus& sink : m_evidence.pumps) {
            const auto log = m_evidence.logs.find(sink.source);
            if (log == m_evidence.logs.end()) continue;
            ++positions;
            judgeSink(sink, log->second);
        }
        expectEqual(static_cast<std::uint64_t>(positions), 14, "positions of sinks");
    }

    void judgeSink(const contract::SinkStatus& sink, const LogContent& log)
    {
        const contract::SinkPosition& position = sink.position;
        const std::string name = sink.sink + " of " + sink.source;
        expectEqual(position.since, 0, name + ": counted since");
        expectEqual(position.sequence, log.last, name + ": settled up to");
        expect(position.holes == log.gaps, name + ": the holes are not the log's gaps");
        expectEqual(position.taken + position.deadLettered + position.filtered + sumOf(position.holes), log.last,
                    name + ": taken, dead-lettered, filtered and holes");

        const std::set<std::uint64_t> dead = deadLettersOf(sink);
        const auto wanted = wantedBy(sink, log, dead);
        expectEqual(position.deadLettered, dead.size(), name + ": dead letters");
        expectEqual(position.filtered, log.stored.size() - wanted.size() - dead.size(), name + ": filtered");
        expectEqual(position.taken, wanted.size(), name + ": taken");

        const auto received = m_evidence.sinks.find(sink.sink);
        if (received == m_evidence.sinks.end()) {
            print("%-10s %-8s %9llu %9llu %9llu %9llu\n", sink.sink.c_str(), sink.source.c_str(), shown(position.taken),
                  shown(position.deadLettered), shown(position.filtered), shown(sumOf(position.holes)));
            return;
        }
        expectEqual(received->second.contradicting, 0, name + ": rows that contradict each other");
        const auto source = received->second.rows.find(sink.source);
        std::uint64_t found = 0, again = 0, missing = wanted.size();
        if (source != received->second.rows.end()) {
            for (const auto& [sequence, row] : source->second) {
                const auto record = wanted.find(sequence);
                const bool isWanted = record != wanted.end() && record->second->resource == row.resource;
                expect(isWanted, name + " has a record that is not to be there: " + std::to_string(sequence) + " " +
                                     row.resource);
                if (!isWanted) continue;
                ++found;
                --missing;
                again += static_cast<std::uint64_t>(row.times - 1);
            }
        }
        print("%-10s %-8s %9llu %9llu %9llu %9llu %9llu %9llu %9llu\n", sink.sink.c_str(), sink.source.c_str(),
              shown(position.taken), shown(position.deadLettered), shown(position.filtered),
              shown(sumOf(position.holes)), shown(found), shown(again), shown(missing));
        if (sink.sink != sinks::syslog) expectEqual(missing, 0, name + ": records that were stored and are not there");
        if (sink.type == "sql" || sink.type == "mongo") expectEqual(again, 0, name + ": records that came twice");
    }

    [[nodiscard]] std::set<std::uint64_t> deadLettersOf(const contract::SinkStatus& sink) const
    {
        const auto bySource = m_evidence.deadLetters.find(sink.sink);
        if (bySource == m_evidence.deadLetters.end()) return {};
        const auto found = bySource->second.find(sink.source);
        return found == bySource->second.end() ? std::set<std::uint64_t>() : found->second;
    }

    /// The records that the sink has to have.
    std::map<std::uint64_t, const LogContent::Stored*> wantedBy(const contract::SinkStatus& sink, const LogContent& log,
                                                                const std::set<std::uint64_t>& dead)
    {
        std::map<std::uint64_t, const LogContent::Stored*> wanted;
        for (const auto& [sequence, record] : log.stored) {
            const bool isFiltered = sink.sink == sinks::sqlite && record.owner == otherOwner;
            const bool isRefused = sink.sink == sinks::mongo && sequence % refusedEvery == 0;
            expect(isRefused == dead.contains(sequence),
                   sink.sink + ": " + std::to_string(sequence) + (isRefused ? " is no" : " is a") + " dead letter");
            if (!isFiltered && !isRefused) wanted.emplace(sequence, &record);
        }
        return wanted;
    }

    /// The run of the server that answered it: the first that had not been killed when it was asked.
    [[nodiscard]] const Run& runOf(const Question& question) const
    {
        return *std::find_if(m_asked.runs.begin(), m_asked.runs.end(),
                             [&](const Run& run) { return !run.killed || *run.killed >= question.asked; });
    }

    void judgeQuestions()
    {
        std::map<std::string, int> stored; // by resource
        for (const auto& [sequence, record] : m_evidence.logs.at(ownSource).stored) ++stored[record.resource];
        std::uint64_t answered = 0, lost = 0, unanswered = 0, storedUnanswered = 0, refused = 0;
        std::chrono::milliseconds oldest{0};
        for (const Question& question : m_asked.questions) {
            const auto found = stored.find(question.resource);
            const bool isStored = found != stored.end();
            if (isStored) {
                expect(found->second == 1, question.resource + " is stored twice");
                stored.erase(found);
            }
            if (question.status != 200) {
                ++(question.status == 0 ? unanswered : refused);
                storedUnanswered += isStored ? 1 : 0;
                continue;
            }
            ++answered;
            if (isStored) continue;
            ++lost;
            const Run& run = runOf(question);
            expect(!run.sync, question.resource + " was answered with durability sync, and is not stored");
            if (!run.killed) {
                expect(false, question.resource + " was answered and is not stored, though nothing was killed");
                continue;
            }
            const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(*run.killed - question.answered);
            oldest = std::max(oldest, age);
        }
        const std::uint64_t missing = sumOf(m_evidence.logs.at(ownSource).gaps);
        print("\n%zu questions: %llu answered (%llu of these were not stored yet when the server was killed, the oldest"
              " %lld ms before), %llu without an answer (%llu of these stored), %llu refused\n",
              m_asked.questions.size(), shown(answered), shown(lost), static_cast<long long>(oldest.count()),
              shown(unanswered), shown(storedUnanswered), shown(refused));
        expect(answered > 0, "nothing was answered");
        expect(oldest <= m_asked.window,
               "a record was lost " + std::to_string(oldest.count()) + " ms after its decision was answered");
        expect(stored.empty(), std::to_string(stored.size()) + " records are stored of which nobody asked, first " +
                                   (stored.empty() ? "" : stored.begin()->first));
        // What is missing was answered, or came to the server and was not.
        expect(missing >= lost && missing - lost <= unanswered + refused - storedUnanswered,
               std::to_string(missing) + " records are counted as missing; answered and not stored are " +
                   std::to_string(lost));
        const LogContent& log = m_evidence.logs.at(ownSource);
        expectEqual(answered - lost + storedUnanswered + missing, log.last,
                    "answered and stored, stored without an answer, and missing");
    }

    /// The server hands to the list what it can: what waits in its memory dies with it.
    void judgeLegacy()
    {
        std::set<std::string> asked;
        std::uint64_t answered = 0;
        for (const Question& question : m_asked.questions) {
            asked.insert(question.resource);
            answered += question.status == 200 ? 1 : 0;
        }
        std::set<std::string> drained;
        const LogContent& log = m_evidence.logs.at(legacySource);
        for (const auto& [sequence, record] : log.stored) {
            drained.insert(record.resource);
            expect(asked.contains(record.resource), "the old list held " + record.resource + ", of which nobody asked");
        }
        print("the old system's list: %zu records drained, of %zu decisions; %llu were answered\n", log.stored.size(),
              drained.size(), shown(answered));
    }

    const Evidence& m_evidence;
    const Asked& m_asked;
    Verdict m_verdict;
};

} // namespace

Verdict judge(const Evidence& evidence, const Asked& asked)
{
    return Judge(evidence, asked).judge();
}

} // namespace iam::drill
