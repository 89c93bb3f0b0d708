// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "records/sinks/networkplace.h"
#include "records/sinks/sink.h"
#include "records/sinks/syslogmessage.h"
#include "records/sinks/syslogtransport.h"
#include "records/sinks/tlsstream.h"
#include <memory>

namespace iam::records {

struct SyslogOptions {
    enum class Transport { Udp, Tcp, Tls };
    Transport transport = Transport::Udp;    ///< transport: udp | tcp | tls
    NetworkPlace place{"localhost", 5140};   ///< network_addr
    SyslogHead head;                         ///< log_level (0..191), tag
    std::uint64_t maxMessageSize = 8 * 1024; ///< max_message_size
    std::uint64_t resentBytes = 1024 * 1024; ///< resent_bytes, of tcp and tls
    TlsOptions tls;                          ///< ca_file, cert_file, key_file, server_name

    static SyslogOptions read(ConfigReader& reader);
};

/// A message of RFC 5424 for each record, to a receiver of syslog. A record whose message is too long even without its
/// details is Code::Validation.
class SyslogSink final : public Sink {
public:
    SyslogSink(SyslogOptions options, std::chrono::milliseconds timeout);

    Result<> write(std::span<const contract::DecisionRecord> records) override;

private:
    const SyslogHead m_head;
    const std::size_t m_maxMessageSize;
    const std::chrono::milliseconds m_timeout;
    const std::unique_ptr<SyslogTransport> m_transport;
};

} // namespace iam::records
