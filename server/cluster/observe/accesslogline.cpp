// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/accesslogline.h"
#include <algorithm>
#include <charconv>

namespace iam::cluster {
namespace {

std::string_view nextField(std::string_view& rest) noexcept
{
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
}

/// One member of a list, without its comma. `more`: another one follows.
std::string_view nextMember(std::string_view& rest, bool& more) noexcept
{
    std::string_view word = nextField(rest);
    more = word.ends_with(',');
    if (more) word.remove_suffix(1);
    if (rest.starts_with(": ")) {
        rest.remove_prefix(2);
        more = true;
    }
    return word;
}

/// nginx writes "-" where there is none.
template <class T>
bool readNumber(std::string_view word, T& number) noexcept
{
    if (word == "-") {
        number = 0;
        return true;
    }
    const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
    return read.ec == std::errc() && read.ptr == word.data() + word.size() && number >= 0;
}

/// Calls with place and text of each member; false: too many, or it says so.
template <class F>
bool readList(std::string_view& rest, std::size_t& count, std::size_t most, F&& take) noexcept
{
    bool more = true;
    for (count = 0; more; ++count)
        if (count == most || !take(count, nextMember(rest, more))) return false;
    return true;
}

} // namespace

bool readAccessLogLine(std::string_view datagram, AccessLogLine& line) noexcept
{
    const std::size_t head = datagram.find(": "); // the time of day has no blank behind its colons
    if (!datagram.starts_with('<') || head == std::string_view::npos) return false;
    std::string_view rest = datagram.substr(head + 2);
    while (!rest.empty() && (rest.back() == '\n' || rest.back() == '\0')) rest.remove_suffix(1);

    double written = 0;
    if (!readNumber(nextField(rest), written)) return false;
    auto& attempts = line.attempts;
    std::size_t statuses = 0;
    std::size_t times = 0;
    const bool whole =
        readList(rest, line.tried, attempts.size(),
                 [&](std::size_t i, std::string_view word) {
                     attempts[i] = {};
                     attempts[i].upstream = word;
                     return !word.empty();
                 }) &&
        readList(rest, statuses, line.tried,
                 [&](std::size_t i, std::string_view word) { return readNumber(word, attempts[i].status); }) &&
        readNumber(nextField(rest), line.status) && readNumber(nextField(rest), line.seconds) &&
        readList(rest, times, line.tried,
                 [&](std::size_t i, std::string_view word) { return readNumber(word, attempts[i].seconds); });
    line.domain = nextField(rest);
    if (line.tried == 1 && attempts[0].upstream == "-") line.tried = 0;
    return whole && rest.empty() && !line.domain.empty() && line.domain.size() <= 255;
}

} // namespace iam::cluster
