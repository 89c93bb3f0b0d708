// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// An open-loop client: every period a new TCP connection for each of its requests, whatever became of the ones before.
// It shares no code with the server or its probe, so that it can judge both. One JSON line for each request:
//   {"t_ms":1700000000000.123,"kind":"api","ok":true,"status":200,"ms":1.234,"error":""}
// t_ms: when it was sent, milliseconds since 1970. error: "", "timeout", "connect", "closed", "status", "body".
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sstream>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

volatile std::sig_atomic_t ended = 0;

struct Question {
    std::string kind;
    std::string bytes;    ///< the whole request
    std::string expected; ///< stands in the body of a good answer
};

struct Options {
    sockaddr_in target{};
    std::vector<Question> questions;
    std::chrono::milliseconds period{20};
    std::chrono::milliseconds limit{1000};
    double seconds = 0; ///< 0: until SIGTERM
};

double wallMilliseconds()
{
    return Milliseconds(std::chrono::system_clock::now().time_since_epoch()).count();
}

class Call {
public:
    Call(int poller, const Options& options, const Question& question)
        : m_question(question)
        , m_sent(wallMilliseconds())
        , m_start(Clock::now())
        , m_end(m_start + options.limit)
        , m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    {
        const int one = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        const linger reset{1, 0}; // thousands of calls must not leave thousands of sockets waiting
        ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        const auto* address = reinterpret_cast<const sockaddr*>(&options.target);
        if (::connect(m_socket, address, sizeof options.target) != 0 && errno != EINPROGRESS) finish("connect");
        epoll_event event{EPOLLOUT, {.fd = m_socket}};
        if (!done()) ::epoll_ctl(poller, EPOLL_CTL_ADD, m_socket, &event);
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call() { ::close(m_socket); }

    [[nodiscard]] int socket() const { return m_socket; }
    [[nodiscard]] bool done() const { return m_done; }
    [[nodiscard]] Clock::time_point end() const { return m_end; }

    void onReady(int poller)
    {
        if (!m_asked) {
            int fault = 0;
            socklen_t size = sizeof fault;
            ::getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &fault, &size);
            if (fault != 0) return finish("connect");
            // A request is far smaller than a new socket's send buffer.
            if (::send(m_socket, m_question.bytes.data(), m_question.bytes.size(), MSG_NOSIGNAL) !=
                static_cast<ssize_t>(m_question.bytes.size()))
                return finish("closed");
            m_asked = true;
            epoll_event event{EPOLLIN, {.fd = m_socket}};
            ::epoll_ctl(poller, EPOLL_CTL_MOD, m_socket, &event);
            return;
        }
        char buffer[4096];
        const ssize_t got = ::recv(m_socket, buffer, sizeof buffer, 0);
        if (got > 0) m_answer.append(buffer, static_cast<std::size_t>(got));
        // "Connection: close" was asked for: the end of the connection is the end of the answer.
        if (got == 0) return judge();
        if (got < 0 && errno != EAGAIN) finish("closed");
    }

    void finish(const char* error)
    {
        m_done = true;
        const double took = Milliseconds(Clock::now() - m_start).count();
        std::printf("{\"t_ms\":%.3f,\"kind\":\"%s\",\"ok\":%s,\"status\":%d,\"ms\":%.3f,\"error\":\"%s\"}\n", m_sent,
                    m_question.kind.c_str(), *error == 0 ? "true" : "false", m_status, took, error);
    }

private:
    void judge()
    {
        if (m_answer.rfind("HTTP/1.1 ", 0) == 0) m_status = std::atoi(m_answer.c_str() + 9);
        if (m_status == 0) return finish("closed");
        if (m_status != 200) return finish("status");
        finish(m_answer.find(m_question.expected) == std::string::npos ? "body" : "");
    }

    const Question& m_question;
    const double m_sent;
    const Clock::time_point m_start;
    const Clock::time_point m_end;
    const int m_socket;
    std::string m_answer;
    int m_status = 0;
    bool m_asked = false;
    bool m_done = false;
};

class Client {
public:
    explicit Client(const Options& options)
        : m_options(options)
        , m_poller(::epoll_create1(EPOLL_CLOEXEC))
        , m_timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK))
    {
        itimerspec times{};
        times.it_interval.tv_nsec = std::chrono::nanoseconds(options.period).count();
        times.it_value.tv_nsec = 1;
        ::timerfd_settime(m_timer, 0, &times, nullptr);
        epoll_event event{EPOLLIN, {.fd = m_timer}};
        ::epoll_ctl(m_poller, EPOLL_CTL_ADD, m_timer, &event);
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client()
    {
        ::close(m_timer);
        ::close(m_poller);
    }

    void run()
    {
        const auto start = Clock::now();
        while (ended == 0 && (m_options.seconds <= 0 || Clock::now() - start < Seconds(m_options.seconds))) step(true);
        while (!m_calls.empty()) step(false);
    }

private:
    using Seconds = std::chrono::duration<double>;

    void step(bool asking)
    {
        epoll_event events[64];
        const int count = ::epoll_wait(m_poller, events, 64, 10);
        for (int i = 0; i < count; ++i) {
            if (events[i].data.fd == m_timer) {
                std::uint64_t ticks = 0;
                if (::read(m_timer, &ticks, sizeof ticks) == sizeof ticks && asking) ask();
                continue;
            }
            const auto found = m_calls.find(events[i].data.fd);
            if (found == m_calls.end()) continue;
            found->second->onReady(m_poller);
            if (found->second->done()) m_calls.erase(found);
        }
        const auto now = Clock::now();
        for (auto call = m_calls.begin(); call != m_calls.end();) {
            if (call->second->end() <= now) call->second->finish("timeout");
            call = call->second->done() ? m_calls.erase(call) : std::next(call);
        }
    }

    void ask()
    {
        for (const Question& question : m_options.questions) {
            auto call = std::make_unique<Call>(m_poller, m_options, question);
            if (!call->done()) m_calls.emplace(call->socket(), std::move(call));
        }
    }

    const Options& m_options;
    const int m_poller;
    const int m_timer;
    std::map<int, std::unique_ptr<Call>> m_calls;
};

std::string fileText(const char* path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    std::string result = text.str();
    while (!result.empty() && (result.back() == '\n' || result.back() == ' ')) result.pop_back();
    return result;
}

constexpr const char* usage =
    "usage: lab_openloop ADDRESS PORT [--period MS] [--limit MS] [--seconds S] [--api DOMAIN]\n"
    "                    [--authz DOMAIN TOKENFILE]\n"
    "--api asks GET /healthz of that Host, --authz POST /v1/authz, which the token's owner is allowed\n";

bool read(int argc, char** argv, Options& options)
{
    options.target.sin_family = AF_INET;
    if (argc < 3 || ::inet_pton(AF_INET, argv[1], &options.target.sin_addr) != 1) return false;
    options.target.sin_port = htons(static_cast<std::uint16_t>(std::atoi(argv[2])));
    for (int i = 3; i < argc; ++i) {
        const std::string option = argv[i];
        const auto next = [&]() -> const char* { return i + 1 < argc ? argv[++i] : ""; };
        if (option == "--period") {
            options.period = std::chrono::milliseconds(std::atoi(next()));
        } else if (option == "--limit") {
            options.limit = std::chrono::milliseconds(std::atoi(next()));
        } else if (option == "--seconds") {
            options.seconds = std::atof(next());
        } else if (option == "--api") {
            options.questions.push_back(
                {"api", std::string("GET /healthz HTTP/1.1\r\nHost: ") + next() + "\r\nConnection: close\r\n\r\n",
                 R"("status":"ok")"});
        } else if (option == "--authz") {
            const std::string domain = next();
            const std::string body = R"({"subject":"lab","action":"get","resource":"lab:thing","context":{}})";
            options.questions.push_back(
                {"authz",
                 "POST /v1/authz HTTP/1.1\r\nHost: " + domain + "\r\nAuthorization: Bearer " + fileText(next()) +
                     "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                     "\r\nConnection: close\r\n\r\n" + body,
                 R"("allowed":true)"});
        } else {
            return false;
        }
    }
    return !options.questions.empty() && options.period.count() > 0 && options.period.count() < 1000;
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    if (!read(argc, argv, options)) {
        std::cerr << usage;
        return 2;
    }
    std::setvbuf(stdout, nullptr, _IOFBF, 1 << 16);
    std::signal(SIGTERM, [](int) { ended = 1; });
    std::signal(SIGINT, [](int) { ended = 1; });
    Client(options).run();
    return 0;
}
