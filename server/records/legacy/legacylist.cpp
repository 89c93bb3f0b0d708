// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/legacy/legacylist.h"
#include <algorithm>
#include <array>

namespace iam::records {

namespace {

using cluster::RedisReply;

// What the scripts call KEYS, in this order.
constexpr std::array<std::string_view, 5> keys{legacyListName, "iam-console:legacy-drain:turn",
                                               "iam-console:legacy-drain:chunk", "iam-console:legacy-drain:chunk-id",
                                               "iam-console:legacy-drain:too-large"};

// ARGV[1] is the holder and ARGV[2] the term everywhere.

constexpr const char* takeTurnScript = R"(
local holder = redis.call('GET', KEYS[2])
local ours = 0
if not holder or holder == ARGV[1] then
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
  ours = 1
end
return {ours, redis.call('LLEN', KEYS[1]), redis.call('LLEN', KEYS[5])}
)";

// Entries are copied first and cut off the list then: should Redis refuse to copy (it has no room), nothing was cut.
constexpr const char* takeScript = R"(
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return false end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
if redis.call('EXISTS', KEYS[3]) == 0 then
  local entries, bytes, largest = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
  local moved, size = 0, 0
  while moved < entries do
    local entry = redis.call('LINDEX', KEYS[1], moved)
    if not entry then break end
    if #entry > largest then
      if moved > 0 then break end
      redis.call('RPUSH', KEYS[5], entry)
      redis.call('LTRIM', KEYS[1], 1, -1)
    else
      if moved > 0 and size + #entry > bytes then break end
      if moved == 0 then redis.call('SET', KEYS[4], ARGV[3]) end
      redis.call('RPUSH', KEYS[3], entry)
      moved, size = moved + 1, size + #entry
    end
  end
  if moved == 0 then return {''} end
  redis.call('LTRIM', KEYS[1], moved, -1)
end
local id = redis.call('GET', KEYS[4])
if not id then
  id = ARGV[3]
  redis.call('SET', KEYS[4], id)
end
local chunk = redis.call('LRANGE', KEYS[3], 0, -1)
table.insert(chunk, 1, id)
return chunk
)";

constexpr const char* removeScript = R"(
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
if redis.call('GET', KEYS[4]) == ARGV[3] then redis.call('DEL', KEYS[3], KEYS[4]) end
return 1
)";

auto refused()
{
    return fail(Code::AnswerInvalid, "what Redis answers about the old system's list was not asked for");
}

std::uint64_t countIn(const RedisReply& reply)
{
    return static_cast<std::uint64_t>(std::max<long long>(reply.integer, 0));
}

} // namespace

cluster::RedisLimits LegacyChunkLimits::answer() const
{
    return {bytes + largest + entries * 32 + 4096, static_cast<int>(entries) + 1};
}

LegacyList::LegacyList(cluster::RedisLink& link, std::string holder, std::chrono::milliseconds term)
    : m_link(link)
    , m_holder(std::move(holder))
    , m_term(std::to_string(term.count()))
{
}

Result<RedisReply> LegacyList::run(const char* script, const std::vector<std::string>& arguments)
{
    const std::string keyCount = std::to_string(keys.size());
    std::vector<std::string_view> command{"EVAL", script, keyCount};
    command.insert(command.end(), keys.begin(), keys.end());
    command.emplace_back(m_holder);
    command.emplace_back(m_term);
    command.insert(command.end(), arguments.begin(), arguments.end());
    auto reply = m_link.ask(command);
    if (!reply || reply->kind != RedisReply::Kind::Failure) return reply;
    if (reply->text.starts_with("NOAUTH"))
        return fail(Code::PasswordIncorrect, "Redis wants a password (redis.password)");
    return fail(Code::AnswerInvalid, "Redis refuses to hand over the old system's list: " + reply->text.substr(0, 200));
}

Result<LegacyList::Turn> LegacyList::takeTurn()
{
    const auto reply = run(takeTurnScript, {});
    if (!reply) return fail(reply);
    if (reply->items.size() != 3) return refused();
    return Turn{reply->items[0].integer == 1, countIn(reply->items[1]), countIn(reply->items[2])};
}

Result<std::optional<LegacyChunk>> LegacyList::take(const std::string& newId, const LegacyChunkLimits& limits)
{
    auto reply = run(takeScript, {newId, std::to_string(limits.entries), std::to_string(limits.bytes),
                                  std::to_string(limits.largest)});
    if (!reply) return fail(reply);
    if (reply->kind == RedisReply::Kind::Nil) return std::optional<LegacyChunk>();
    if (reply->kind != RedisReply::Kind::List || reply->items.empty()) return refused();
    LegacyChunk chunk;
    chunk.id = std::move(reply->items.front().text);
    for (std::size_t i = 1; i < reply->items.size(); ++i) chunk.entries.push_back(std::move(reply->items[i].text));
    return std::optional(std::move(chunk));
}

Result<bool> LegacyList::remove(const std::string& id)
{
    const auto reply = run(removeScript, {id});
    if (!reply) return fail(reply);
    if (reply->kind != RedisReply::Kind::Integer) return refused();
    return reply->integer == 1;
}

} // namespace iam::records
