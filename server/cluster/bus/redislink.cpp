// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/redislink.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/socket.h>

namespace iam::cluster {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds stopCheck{100};

timeval toTimeval(std::chrono::milliseconds time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    return {static_cast<time_t>(seconds.count()),
            static_cast<suseconds_t>(std::chrono::microseconds(time - seconds).count())};
}

const redisReplyObjectFunctions& readersOwn()
{
    static const redisReplyObjectFunctions functions = [] {
        const std::unique_ptr<redisReader, void (*)(redisReader*)> reader(redisReaderCreate(), redisReaderFree);
        return *reader->fn;
    }();
    return functions;
}

/// The reader makes room for as many items as a list announces. The limits stand behind, as private data.
void* makeShortList(const redisReadTask* task, int items)
{
    if (items > static_cast<const RedisLimits*>(task->privdata)->items) return nullptr;
    return readersOwn().createArray(task, items);
}

RedisReply toReply(const redisReply& raw)
{
    RedisReply reply;
    switch (raw.type) {
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
        reply.kind = RedisReply::Kind::Text;
        reply.text.assign(raw.str, raw.len);
        break;
    case REDIS_REPLY_ERROR:
        reply.kind = RedisReply::Kind::Failure;
        reply.text.assign(raw.str, raw.len);
        break;
    case REDIS_REPLY_INTEGER:
        reply.kind = RedisReply::Kind::Integer;
        reply.integer = raw.integer;
        break;
    case REDIS_REPLY_ARRAY:
        reply.kind = RedisReply::Kind::List;
        for (std::size_t i = 0; i < raw.elements; ++i) reply.items.push_back(toReply(*raw.element[i]));
        break;
    default:
        break;
    }
    return reply;
}

/// The first word of a failure: "WRONGPASS", "NOAUTH", "ERR". What follows it may repeat what was sent.
std::string firstWord(const std::string& text)
{
    const std::string word = text.substr(0, std::min<std::size_t>(text.find(' '), 20));
    const bool plain = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return plain ? word : "an error";
}

} // namespace

RedisLink::RedisLink(Context context, std::unique_ptr<const RedisLimits> limits, std::chrono::milliseconds timeout,
                     std::stop_token stop)
    : m_limits(std::move(limits))
    , m_context(std::move(context))
    , m_timeout(timeout)
    , m_stop(std::move(stop))
{
}

Result<RedisLink> RedisLink::open(const RedisConfig& config, std::stop_token stop, RedisLimits limits)
{
    static redisReplyObjectFunctions limited = [] {
        redisReplyObjectFunctions functions = readersOwn();
        functions.createArray = makeShortList;
        return functions;
    }();
    Context context(redisConnectWithTimeout(config.host.c_str(), config.port, toTimeval(config.timeout)), redisFree);
    if (!context || context->err != 0)
        return fail(Code::Unreachable, "no connection to Redis at " + config.address() + ": " +
                                           (context ? context->errstr : "out of memory"));
    auto kept = std::make_unique<const RedisLimits>(limits);
    context->reader->privdata = const_cast<RedisLimits*>(kept.get()); // handed back to makeShortList() only
    context->reader->fn = &limited;
    RedisLink link(std::move(context), std::move(kept), config.timeout, std::move(stop));
    if (auto done = link.logIn(config); !done) return fail(done);
    return link;
}

Result<> RedisLink::logIn(const RedisConfig& config)
{
    const std::string& password = config.password.reveal();
    if (!password.empty() || !config.username.empty()) {
        std::vector<std::string_view> command{"AUTH"};
        if (!config.username.empty()) command.emplace_back(config.username);
        command.emplace_back(password);
        if (auto done = demandOk(command, Code::PasswordIncorrect, "the user name or password of"); !done) return done;
    }
    if (config.database != 0)
        if (auto done = demandOk({"SELECT", std::to_string(config.database)}, Code::AnswerInvalid, "the database of");
            !done)
            return done;
    return {};
}

Result<> RedisLink::demandOk(const std::vector<std::string_view>& command, Code code, const std::string& what)
{
    const auto reply = ask(command);
    if (!reply) return fail(reply);
    if (reply->isText("OK")) return {};
    return fail(code, "Redis does not take " + what + " the configuration" +
                          (reply->kind == RedisReply::Kind::Failure ? " (" + firstWord(reply->text) + ")" : ""));
}

bool RedisLink::waitFor(short events, Deadline until) const
{
    while (!m_stop.stop_requested()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now());
        const auto slice = std::clamp(left, std::chrono::milliseconds(0), stopCheck);
        pollfd wanted{m_context->fd, events, 0};
        if (::poll(&wanted, 1, static_cast<int>(slice.count())) > 0) return true;
        if (left <= stopCheck && steady_clock::now() >= until) return false;
    }
    return false;
}

Result<> RedisLink::send(const std::vector<std::string_view>& command)
{
    std::vector<const char*> words;
    std::vector<std::size_t> lengths;
    for (const std::string_view word : command) {
        words.push_back(word.data());
        lengths.push_back(word.size());
    }
    char* formatted = nullptr;
    const int size = redisFormatCommandArgv(&formatted, static_cast<int>(words.size()), words.data(), lengths.data());
    if (size < 0) return fail(Code::Unreachable, "no memory for a command to Redis");
    std::string_view rest(formatted, static_cast<std::size_t>(size));
    Result<> done;
    const Deadline until = steady_clock::now() + m_timeout;
    while (!rest.empty()) {
        // Not through hiredis, whose write() would raise SIGPIPE.
        const ssize_t sent = ::send(m_context->fd, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            rest.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EINTR) {
            if (waitFor(POLLOUT, until)) continue;
            done = fail(Code::TimedOut, "Redis takes no more commands");
            break;
        } else {
            done = fail(Code::Unreachable, std::string("the connection to Redis is lost: ") + std::strerror(errno));
            break;
        }
    }
    wipe(formatted, static_cast<std::size_t>(size)); // it may hold the password
    redisFreeCommand(formatted);
    return done;
}

Result<> RedisLink::read()
{
    std::array<char, 16 * 1024> buffer;
    const ssize_t got = ::recv(m_context->fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return {};
    if (got < 0)
        return fail(Code::Unreachable, std::string("the connection to Redis is lost: ") + std::strerror(errno));
    if (got == 0) return fail(Code::Unreachable, "Redis closed the connection");
    m_unread += static_cast<std::size_t>(got);
    if (m_unread > m_limits->bytes ||
        redisReaderFeed(m_context->reader, buffer.data(), static_cast<std::size_t>(got)) != 0)
        return fail(Code::AnswerInvalid, "Redis answers more than it may");
    return {};
}

Result<std::optional<RedisReply>> RedisLink::receive(Deadline until)
{
    for (;;) {
        void* raw = nullptr;
        if (redisReaderGetReply(m_context->reader, &raw) != REDIS_OK)
            return fail(Code::AnswerInvalid, "what answers is no Redis");
        if (raw != nullptr) {
            const std::unique_ptr<void, void (*)(void*)> reply(raw, freeReplyObject);
            m_unread = m_context->reader->len - m_context->reader->pos;
            return std::optional(toReply(*static_cast<redisReply*>(raw)));
        }
        if (!waitFor(POLLIN, until)) return std::optional<RedisReply>();
        if (auto done = read(); !done) return fail(done);
    }
}

Result<RedisReply> RedisLink::ask(const std::vector<std::string_view>& command)
{
    if (auto done = send(command); !done) return fail(done);
    auto reply = receive(steady_clock::now() + m_timeout);
    if (!reply) return fail(reply);
    if (!*reply) return fail(Code::TimedOut, "Redis does not answer");
    return std::move(**reply);
}

} // namespace iam::cluster
