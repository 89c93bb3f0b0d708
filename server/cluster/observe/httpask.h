// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/filedescriptor.h"
#include "cluster/observe/words.h"
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>
#include <memory>

namespace iam::cluster {

class AnswerReader;

/// A header field of a request or an answer.
struct HttpField {
    std::string name;
    std::string value;
};

/// What became of one question.
struct HttpWord {
    enum class Outcome {
        Answered,
        Silent, ///< refused, cut off, not in time, or no HTTP: the other side's doing
        Unasked ///< this process could not ask, or was itself too late to hear: says nothing of the other side
    };
    Outcome outcome = Outcome::Unasked;
    SteadyTime askedAt{};
    int status = 0;
    std::string body;
    std::vector<HttpField> fields; ///< of the answer
    std::string reason;            ///< when not answered: "Connection refused"
    bool refused = false;          ///< Silent, because nobody listens there
};

/// Asks one server with GET, one question at a time, without ever blocking. Most answers are there within a few
/// milliseconds, so they are looked for after `patience`; only one that takes longer is waited for by its socket. What
/// is asked at the same moment then costs one turn of the loop, however many servers answer.
class HttpAsk : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds patience{5};

    struct Config {
        std::string address = "127.0.0.1"; ///< IPv4
        std::uint16_t port = 0;
        std::string host = "localhost";          ///< the Host header
        bool keepAlive = false;                  ///< one connection for all questions; otherwise HTTP/1.0, one each
        std::size_t bodyLimit = 16 * 1024;       ///< a longer answer is Silent
        std::chrono::milliseconds timeout{1000}; ///< from connecting to the last byte
    };

    /// `clock` outlives this.
    HttpAsk(Config config, const Clock& clock);
    ~HttpAsk() override;

    /// Nothing happens while a question is open. `fields` are sent too; they hold no line breaks.
    void get(const std::string& target, const std::vector<HttpField>& fields = {});
    /// Asks for `target` now and once a period, on a timer that falls together with others of the same period
    /// (Qt::CoarseTimer); at once, when an answer took longer than that. The timer goes on for good.
    void keepGetting(std::string target, std::chrono::milliseconds period);
    [[nodiscard]] bool asking() const noexcept { return m_timer.isActive(); }
    /// From the next question on.
    void setAddress(const std::string& address);

Q_SIGNALS:
    /// Once for every get(), never from within it.
    void answered(const iam::cluster::HttpWord& word);

private:
    struct Failure {
        HttpWord::Outcome outcome;
        int error; ///< errno
    };
    void connectAnew();
    void proceed();
    void send();
    void receive();
    void timeOut();
    void lost(int error);
    void finish(HttpWord::Outcome outcome, std::string reason, bool refused = false);
    void watch(QSocketNotifier::Type type);
    void unwatch();
    void lookForAnswer();
    void beat();
    void close();

    Config m_config;
    const Clock& m_clock;
    FileDescriptor m_socket;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unique_ptr<AnswerReader> m_reader;
    QTimer m_timer;
    QTimer m_beat;
    std::string m_target; ///< of the beat
    bool m_due = false;   ///< a beat came while a question was open
    int m_looks = 0;      ///< that are left before the socket is watched
    SteadyTime m_askedAt{};
    std::string m_request;
    std::size_t m_sent = 0;
    std::optional<Failure> m_failure; ///< to be told by the timer
    bool m_reused = false;            ///< the connection served an earlier question
};

} // namespace iam::cluster
