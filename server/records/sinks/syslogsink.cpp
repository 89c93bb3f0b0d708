// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/syslogsink.h"
#include "records/sinks/tcpstream.h"

namespace iam::records {

namespace {

using Transport = SyslogOptions::Transport;

constexpr std::uint64_t mostOfDatagram = 65'507; // of UDP over IPv4

std::unique_ptr<SyslogTransport> makeTransport(const SyslogOptions& options)
{
    if (options.transport == Transport::Udp) return std::make_unique<SyslogDatagrams>(options.place);
    SyslogStream::Connect connect;
    if (options.transport == Transport::Tcp)
        connect = [place = options.place](Deadline until) -> Result<std::unique_ptr<ByteStream>> {
            auto stream = TcpStream::open(place, until);
            if (!stream) return fail(stream);
            return std::move(*stream);
        };
    else
        connect = [place = options.place, tls = options.tls](Deadline until) -> Result<std::unique_ptr<ByteStream>> {
            auto stream = TlsStream::open(place, tls, until);
            if (!stream) return fail(stream);
            return std::move(*stream);
        };
    return std::make_unique<SyslogStream>(std::move(connect), options.resentBytes);
}

void readTls(ConfigReader& reader, bool used, TlsOptions& options)
{
    const std::pair<const char*, std::string*> texts[] = {{"ca_file", &options.caFile},
                                                          {"cert_file", &options.certFile},
                                                          {"key_file", &options.keyFile},
                                                          {"server_name", &options.name}};
    for (const auto& [key, value] : texts) {
        reader.string(key, *value, false);
        if (!used && reader.isGiven(key)) reader.fault(key, "is of use with transport tls only");
    }
    if (options.certFile.empty() != options.keyFile.empty())
        reader.fault(options.certFile.empty() ? "cert_file" : "key_file", "is missing beside the other one of the two");
}

} // namespace

SyslogOptions SyslogOptions::read(ConfigReader& reader)
{
    SyslogOptions options;
    reader.choice<Transport>("transport", options.transport,
                             {{"udp", Transport::Udp}, {"tcp", Transport::Tcp}, {"tls", Transport::Tls}});
    std::string place;
    reader.string("network_addr", place);
    if (!place.empty()) {
        if (auto parsed = NetworkPlace::parse(place))
            options.place = std::move(*parsed);
        else
            reader.fault("network_addr", "must be HOST:PORT or [IPV6]:PORT");
    }
    reader.integer("log_level", options.head.priority, 0, 191);
    reader.string("tag", options.head.appName, false);
    const bool datagrams = options.transport == Transport::Udp;
    reader.size("max_message_size", options.maxMessageSize, 480, datagrams ? mostOfDatagram : 1024 * 1024);
    reader.size("resent_bytes", options.resentBytes, 0, 64 * 1024 * 1024);
    readTls(reader, options.transport == Transport::Tls, options.tls);
    return options;
}

SyslogSink::SyslogSink(SyslogOptions options, std::chrono::milliseconds timeout)
    : m_head(options.head)
    , m_maxMessageSize(options.maxMessageSize)
    , m_timeout(timeout)
    , m_transport(makeTransport(options))
{
}

Result<> SyslogSink::write(std::span<const contract::DecisionRecord> records)
{
    const Deadline until = std::chrono::steady_clock::now() + m_timeout;
    std::vector<std::string> messages;
    messages.reserve(records.size());
    for (const contract::DecisionRecord& record : records) {
        auto message = syslogMessage(m_head, record, m_maxMessageSize);
        if (!message) return fail(Code::Validation, "a record is too long for a message of syslog (max_message_size)");
        messages.push_back(std::move(*message));
    }
    return m_transport->send(messages, until);
}

} // namespace iam::records
