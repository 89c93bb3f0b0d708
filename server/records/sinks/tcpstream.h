// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/filedescriptor.h"
#include "records/sinks/bytestream.h"
#include "records/sinks/networkplace.h"
#include <memory>
#include <string>

namespace iam::records {

/// A connection of TCP.
class TcpStream final : public ByteStream {
public:
    static Result<std::unique_ptr<TcpStream>> open(const NetworkPlace& place, Deadline until);

    Result<> write(std::string_view bytes, Deadline until) override;
    Result<> check() override;
    Result<bool> isAcknowledged() override;

    /// What has come in, at most `most` bytes; waits for something until then, or not at all when that is past (then
    /// perhaps nothing). Fails when the other side has closed.
    Result<std::string> read(std::size_t most, Deadline until);

private:
    TcpStream(FileDescriptor socket, std::string name)
        : m_socket(std::move(socket))
        , m_name(std::move(name))
    {
    }
    [[nodiscard]] tl::unexpected<Error> broken(const std::string& why) const;

    FileDescriptor m_socket;
    const std::string m_name;
};

} // namespace iam::records
