// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

namespace iam::cluster {

/// One request in nginx' access log, as it comes by syslog:
///     <190>Nov 22 10:04:05 iam: $msec $upstream_addr $upstream_status $status $request_time $upstream_response_time
///     $server_name
/// The three $upstream_… are lists where more than one was tried: "10.0.4.20:8080, 10.0.4.21:8080", "502, 200", and
/// " : " instead of ", " where nginx went elsewhere inside. Views into the line.
struct AccessLogLine {
    struct Attempt {
        std::string_view upstream;
        int status = 0;     ///< 0: none came
        double seconds = 0; ///< until its last byte; 0: none came
    };
    std::string_view domain;
    int status = 0; ///< what the client got
    double seconds = 0;
    std::array<Attempt, 8> attempts;
    std::size_t tried = 0; ///< how many of these; 0: nginx answered itself
};

/// False: no such line, or more than eight tried. Allocates nothing.
[[nodiscard]] bool readAccessLogLine(std::string_view datagram, AccessLogLine& line) noexcept;

} // namespace iam::cluster
