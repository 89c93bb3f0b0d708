// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/bus/redisconfig.h"
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

struct redisContext;

namespace iam::cluster {

/// One answer of Redis (RESP 2).
struct RedisReply {
    enum class Kind { Text, Integer, Nil, Failure, List };
    Kind kind = Kind::Nil;
    std::string text; ///< of Text and Failure
    long long integer = 0;
    std::vector<RedisReply> items;

    [[nodiscard]] bool isText(std::string_view wanted) const { return kind == Kind::Text && text == wanted; }
};

/// What one answer may cost.
struct RedisLimits {
    std::size_t bytes = 64 * 1024;
    int items = 64; ///< of each list in it
};

/// One connection to Redis. Whatever comes back, an answer costs no more than the limits say; what is no RESP, or too
/// large, is a failure, and after a failure the connection is of no use. Failures are Code::Unreachable, Code::TimedOut
/// (no answer in time), Code::PasswordIncorrect or Code::AnswerInvalid, with one clear sentence for the log that holds
/// no secret. One thread.
class RedisLink {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    /// Connects, authenticates, chooses the database. Blocks for config.timeout per step at most. A stop is seen within
    /// 100 ms, but while it connects only when that ends: after config.timeout for each address of the host, and what
    /// the system takes to look up a name.
    static Result<RedisLink> open(const RedisConfig& config, std::stop_token stop, RedisLimits limits = {});

    Result<> send(const std::vector<std::string_view>& command);
    /// The next answer; nothing when there is none until then, or a stop is requested.
    Result<std::optional<RedisReply>> receive(Deadline until);
    /// Sends, and waits for the one answer.
    Result<RedisReply> ask(const std::vector<std::string_view>& command);

private:
    using Context = std::unique_ptr<redisContext, void (*)(redisContext*)>;
    RedisLink(Context context, std::unique_ptr<const RedisLimits> limits, std::chrono::milliseconds timeout,
              std::stop_token stop);
    Result<> logIn(const RedisConfig& config);
    Result<> demandOk(const std::vector<std::string_view>& command, Code code, const std::string& what);
    Result<> read();
    [[nodiscard]] bool waitFor(short events, Deadline until) const;

    std::unique_ptr<const RedisLimits> m_limits; ///< the reader looks at them
    Context m_context;
    std::chrono::milliseconds m_timeout;
    std::stop_token m_stop;
    std::size_t m_unread = 0; ///< bytes since the last whole answer
};

} // namespace iam::cluster
