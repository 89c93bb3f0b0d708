// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "records/sinks/bytestream.h"
#include "records/sinks/networkplace.h"
#include <memory>
#include <string>

namespace iam::records {

struct TlsOptions {
    std::string caFile;   ///< PEM: who may have signed the other side's certificate; empty: the system's authorities
    std::string certFile; ///< PEM: our own certificate and what signed it; empty: none
    std::string keyFile;  ///< PEM: its key
    std::string name;     ///< what the other side's certificate must name; empty: the host that is connected to
};

/// TLS 1.2 or newer over TCP. The other side's certificate is verified, its name included.
class TlsStream final : public ByteStream {
public:
    /// Reads the files anew each time, so that renewed ones are taken. Code::StorageUnavailable, with a sentence that
    /// says what is wrong with a certificate.
    static Result<std::unique_ptr<TlsStream>> open(const NetworkPlace& place, const TlsOptions& options,
                                                   Deadline until);
    ~TlsStream() override;

    Result<> write(std::string_view bytes, Deadline until) override;
    Result<> check() override;
    Result<bool> isAcknowledged() override;

private:
    struct Private;
    explicit TlsStream(std::unique_ptr<Private> p);

    const std::unique_ptr<Private> d;
};

} // namespace iam::records
