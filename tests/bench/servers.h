// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "load.h"
#include "measuredprocess.h"
#include "support/policyworkload.h"
#include "support/serverprocess.h"
#include <QTemporaryDir>
#include <memory>
#include <optional>

namespace iam::bench {

using support::PolicyWorkload;

/// iam-server with a workload's policies, all of the account admin, records on, and files of requests to it.
class OurServer {
public:
    enum class TokenCache { On, Off };

    /// `program`: empty for the one built with this.
    OurServer(const PolicyWorkload& workload, std::string data, const QString& program, TokenCache cache)
        : m_workload(workload)
        , m_data(std::move(data))
        , m_cache(cache)
        , m_server(m_folder.filePath(QStringLiteral("data")), program)
    {
    }

    /// True when it serves and gave the right answers to some hundred questions.
    bool start(std::size_t requests);
    [[nodiscard]] Target health() const { return {"iam-server healthz", m_data, process(), port(), "/healthz"}; }
    /// Every request with the same token, which the server remembers unless its cache is off.
    [[nodiscard]] Target decisions() const;
    /// Every request with a token of its own: none is remembered, and remembering them is in vain.
    [[nodiscard]] Target decisionsWithNewTokens() const;

    [[nodiscard]] qint64 process() const { return m_server.processId(); }
    [[nodiscard]] std::uint16_t port() const { return m_server.authzPort(); }
    /// From the start of the process to its ready line.
    [[nodiscard]] double startSeconds() const { return m_startSeconds; }
    [[nodiscard]] double rssAfterStart() const { return m_rss; }
    /// PUT of one policy that changes a decision, from the sending to the first answer by it; nothing when it failed.
    [[nodiscard]] std::optional<double> millisecondsOfOneChange();

private:
    bool seed();
    bool writeRequests(const QString& file, bool ownTokens, std::size_t count) const;
    bool answersRightly() const;

    PolicyWorkload m_workload;
    std::string m_data;
    TokenCache m_cache;
    QTemporaryDir m_folder;
    test::ServerProcess m_server;
    test::MadeSecret m_secret;
    std::size_t m_requests = 0;
    double m_startSeconds = 0;
    double m_rss = 0;
};

/// nginx with one worker that answers 200 to everything.
class NginxServer {
public:
    bool start();
    [[nodiscard]] Target target() const { return {"nginx return 200", "", m_process.id(), m_port, "/"}; }

private:
    QTemporaryDir m_folder;
    MeasuredProcess m_process;
    std::uint16_t m_port = 0;
};

/// Cerbos without authentication and without audit log.
class CerbosServer {
public:
    enum class Form {
        Scanned, ///< all rules of one kind of resource
        Keyed,   ///< a kind of resource of its own for each policy
    };
    CerbosServer(const PolicyWorkload& workload, Form form)
        : m_workload(workload)
        , m_form(form)
    {
    }
    bool start(const QString& program, std::size_t requests);
    [[nodiscard]] Target target() const;

private:
    bool writePolicies() const;
    bool writeRequests(std::size_t count) const;

    PolicyWorkload m_workload;
    Form m_form;
    QTemporaryDir m_folder;
    MeasuredProcess m_process;
    std::uint16_t m_port = 0;
    std::size_t m_requests = 0;
};

/// A request with a body, as requests.lua reads it.
[[nodiscard]] std::string framedPost(const std::string& path, const std::string& headers, const std::string& body);

} // namespace iam::bench
