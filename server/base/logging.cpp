// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"
#include "base/timetext.h"
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <unistd.h>

namespace iam {

Q_LOGGING_CATEGORY(lcHttp, "iam.http")
Q_LOGGING_CATEGORY(lcAuth, "iam.auth")
Q_LOGGING_CATEGORY(lcAuthz, "iam.authz")
Q_LOGGING_CATEGORY(lcStore, "iam.store")
Q_LOGGING_CATEGORY(lcCluster, "iam.cluster")
Q_LOGGING_CATEGORY(lcRecords, "iam.records")
Q_LOGGING_CATEGORY(lcClient, "iam.client")
Q_LOGGING_CATEGORY(lcUi, "iam.ui")

namespace {

thread_local std::string_view t_requestId;

/// What the message handler writes to. Qt's handler is a plain function, so this state is the process's one log.
struct LogSink {
    std::mutex mutex;
    std::vector<int> descriptors;
    bool json = false;
};

LogSink& sink()
{
    static LogSink instance;
    return instance;
}

const char* levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "DEBUG";
    case QtInfoMsg:
        return "INFO";
    case QtWarningMsg:
        return "WARN";
    case QtCriticalMsg:
        return "ERROR";
    case QtFatalMsg:
        return "FATAL";
    }
    return "INFO";
}

/// Control characters are written as escapes: one event is one line, and no name that somebody sent can forge a line or
/// steer the terminal that shows the log. The escapes are JSON's, so JSON stays JSON.
QByteArray oneLine(const QString& message)
{
    QString text;
    text.reserve(message.size());
    for (const QChar c : message) {
        if (c == u'\n')
            text += QLatin1String("\\n");
        else if (c == u'\r')
            text += QLatin1String("\\r");
        else if (c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            text += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            text += c;
    }
    return text.toUtf8();
}

QByteArray formatLine(bool json, QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const SystemClock clock;
    const QByteArray time = QByteArray::fromStdString(toRfc3339(clock.now()));
    const QByteArray logger(context.category != nullptr ? context.category : "default");
    if (json) {
        QJsonObject line{{QStringLiteral("level"), QLatin1String(levelName(type))},
                         {QStringLiteral("timestamp"), QString::fromLatin1(time)},
                         {QStringLiteral("logger"), QString::fromUtf8(logger)},
                         {QStringLiteral("message"), message}};
        if (!t_requestId.empty())
            line.insert(QStringLiteral("requestID"),
                        QString::fromUtf8(t_requestId.data(), static_cast<qsizetype>(t_requestId.size())));
        return oneLine(QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact))) + '\n';
    }
    QByteArray line = time + '\t' + levelName(type) + '\t' + logger + '\t' + oneLine(message);
    if (!t_requestId.empty())
        line += "\trequestID=" + QByteArray(t_requestId.data(), static_cast<qsizetype>(t_requestId.size()));
    return line + '\n';
}

void writeLine(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    LogSink& out = sink();
    const QByteArray line = formatLine(out.json, type, context, message);
    const std::lock_guard lock(out.mutex);
    for (const int fd : out.descriptors) {
        // A full disk or a closed pipe must not stop the server: the line is lost, the work goes on.
        [[maybe_unused]] const auto written = ::write(fd, line.constData(), static_cast<std::size_t>(line.size()));
    }
}

} // namespace

Result<> installLogging(const LogConfig& config)
{
    std::vector<int> descriptors;
    for (const std::string& path : config.outputPaths) {
        if (path == "stdout")
            return fail(Code::Unknown, "log.output-paths: stdout carries the ready line only; use stderr or a file");
        const int fd =
            path == "stderr" ? STDERR_FILENO : ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
        if (fd < 0) return fail(Code::Unknown, "log.output-paths: cannot open " + path);
        descriptors.push_back(fd);
    }
    // Qt's own categories say warnings only: what is drawn and typed is in their debug and info lines.
    QString rules = QStringLiteral("*.debug=false\nqt.*.info=false\niam.*.info=true\n");
    if (config.level == "debug")
        rules = QStringLiteral("*.debug=false\nqt.*.info=false\niam.*.info=true\niam.*.debug=true\n");
    else if (config.level == "warn")
        rules = QStringLiteral("*.debug=false\n*.info=false\n");
    else if (config.level == "error")
        rules = QStringLiteral("*.debug=false\n*.info=false\n*.warning=false\n");
    {
        LogSink& out = sink();
        const std::lock_guard lock(out.mutex);
        for (const int fd : out.descriptors)
            if (fd != STDERR_FILENO) ::close(fd);
        out.descriptors = std::move(descriptors);
        out.json = config.format == "json";
    }
    QLoggingCategory::setFilterRules(rules);
    qInstallMessageHandler(writeLine);
    return {};
}

LogRequestScope::LogRequestScope(std::string_view requestId)
    : m_previous(std::exchange(t_requestId, requestId))
{
}
LogRequestScope::~LogRequestScope()
{
    t_requestId = m_previous;
}

} // namespace iam
