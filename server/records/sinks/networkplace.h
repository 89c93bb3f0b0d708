// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/filedescriptor.h"
#include "base/result.h"
#include "records/sinks/bytestream.h"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iam::records {

/// A host (name or address) and a port.
struct NetworkPlace {
    std::string host;
    std::uint16_t port = 0;

    /// "host:port", or "[IPv6]:port".
    [[nodiscard]] std::string text() const;
    /// Reads what text() writes. Nothing for anything else.
    [[nodiscard]] static std::optional<NetworkPlace> parse(std::string_view text);
};

/// A connected socket that does not block, of SOCK_STREAM or SOCK_DGRAM: the first of the host's addresses that takes
/// it, from the one with the number `first` on, counting round. (Finding out the addresses takes as long as the
/// system's resolver takes.) Code::StorageUnavailable.
Result<FileDescriptor> connectTo(const NetworkPlace& place, int type, Deadline until, std::size_t first = 0);

/// Waits until poll(2) says one of `events`, an error or a hang-up; fails when that takes too long.
Result<> waitFor(int socket, short events, Deadline until);

} // namespace iam::records
