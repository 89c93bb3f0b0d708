// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <QLoggingCategory>
#include <string>
#include <string_view>
#include <vector>

namespace iam {

// info is the operator's view, debug is ours. Never a secret, never a body, in any of them.
Q_DECLARE_LOGGING_CATEGORY(lcHttp)    // iam.http
Q_DECLARE_LOGGING_CATEGORY(lcAuth)    // iam.auth
Q_DECLARE_LOGGING_CATEGORY(lcAuthz)   // iam.authz
Q_DECLARE_LOGGING_CATEGORY(lcStore)   // iam.store
Q_DECLARE_LOGGING_CATEGORY(lcCluster) // iam.cluster
Q_DECLARE_LOGGING_CATEGORY(lcRecords) // iam.records
Q_DECLARE_LOGGING_CATEGORY(lcClient)  // iam.client
Q_DECLARE_LOGGING_CATEGORY(lcUi)      // iam.ui

struct LogConfig {
    std::string level = "info";                        ///< debug | info | warn | error
    std::string format = "console";                    ///< console | json
    std::vector<std::string> outputPaths = {"stderr"}; ///< "stderr" or file paths, appended to
};

/// Sends every Qt log line of this process to the configured outputs, one line each, from any thread.
/// JSON keys as in the system this one replaces: level, timestamp, logger, message, requestID.
/// An output that cannot be opened is an error that names it. "stdout" is refused: it carries the ready line only.
Result<> installLogging(const LogConfig& config);

/// Names the request that this thread works on, for the log lines written meanwhile. The text outlives it. Nests.
class LogRequestScope {
public:
    explicit LogRequestScope(std::string_view requestId);
    ~LogRequestScope();
    LogRequestScope(const LogRequestScope&) = delete;
    LogRequestScope& operator=(const LogRequestScope&) = delete;

private:
    std::string_view m_previous;
};

} // namespace iam
