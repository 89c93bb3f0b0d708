// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/proof/signedmessage.h"
#include "crypto/base64.h"
#include "crypto/keyedmac.h"
#include <algorithm>
#include <charconv>

namespace iam::cluster {
namespace {

std::string timeText(TimePoint time)
{
    return std::to_string(time.time_since_epoch().count());
}

std::optional<TimePoint> toTime(std::string_view text)
{
    std::int64_t ms = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (error != std::errc() || end != text.data() + text.size() || text.size() > 15 || ms < 0) return std::nullopt;
    return TimePoint(std::chrono::milliseconds(ms));
}

bool isWord(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
               c == '_';
    });
}

/// No part can run into the next: a target has no line break (HTTP), words have none, the body stands as its digest.
std::string requestText(const RequestText& request, const MessageStamp& stamp)
{
    std::string text = "iam-request\n";
    text.append(request.method).append(1, '\n').append(request.target).append(1, '\n');
    text.append(stamp.sender).append(1, '\n').append(stamp.time).append(1, '\n').append(stamp.nonce).append(1, '\n');
    return text + crypto::toBase64Url(crypto::sha256(request.body));
}

std::string answerText(const MessageStamp& stamp, int status, std::string_view body, std::string_view nonce)
{
    std::string text = "iam-answer\n" + std::to_string(status) + '\n';
    text.append(stamp.sender).append(1, '\n').append(stamp.time).append(1, '\n').append(nonce).append(1, '\n');
    return text + crypto::toBase64Url(crypto::sha256(body));
}

} // namespace

MessageStamp signRequest(const ProofKeys& keys, std::string sender, const RequestText& request, TimePoint time,
                         std::string nonce)
{
    MessageStamp stamp{std::move(sender), timeText(time), std::move(nonce), {}};
    stamp.signature = keys.mac(requestText(request, stamp));
    return stamp;
}

MessageStamp signAnswer(const ProofKeys& keys, std::string sender, int status, std::string_view body, TimePoint time,
                        std::string_view nonce)
{
    MessageStamp stamp{std::move(sender), timeText(time), {}, {}};
    stamp.signature = keys.mac(answerText(stamp, status, body, nonce));
    return stamp;
}

std::optional<TimePoint> verifyAnswer(const ProofKeys& keys, const MessageStamp& stamp, std::string_view sender,
                                      int status, std::string_view body, std::string_view nonce)
{
    if (stamp.sender != sender || !keys.verifyMac(answerText(stamp, status, body, nonce), stamp.signature))
        return std::nullopt;
    return toTime(stamp.time);
}

const char* refusalText(Refusal refusal) noexcept
{
    switch (refusal) {
    case Refusal::None:
        break;
    case Refusal::Unsigned:
        return "the request is not signed with this cluster's key";
    case Refusal::Clock:
        return "the request's time differs from this node's clock by more than 30 s";
    case Refusal::Replayed:
        return "the request was here before";
    case Refusal::Full:
        return "too many requests at once";
    }
    return "";
}

Refusal RequestGate::check(const ProofKeys& keys, const RequestText& request, const MessageStamp& stamp,
                           const Clock& clock)
{
    const auto time = toTime(stamp.time);
    if (!time || !isWord(stamp.sender) || stamp.nonce.size() < 16 || !isWord(stamp.nonce)) return Refusal::Unsigned;
    if (!keys.verifyMac(requestText(request, stamp), stamp.signature)) return Refusal::Unsigned;
    const auto difference = *time - clock.now();
    if (difference > messageWindow || difference < -messageWindow) return Refusal::Clock;
    switch (m_nonces.note(stamp.nonce, clock.steadyNow())) {
    case NonceMemory::Seen::New:
        return Refusal::None;
    case NonceMemory::Seen::Again:
        return Refusal::Replayed;
    case NonceMemory::Seen::Full:
        break;
    }
    return Refusal::Full;
}

} // namespace iam::cluster
