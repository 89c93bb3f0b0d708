// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/adoptionprocess.h"
#include "models/adoptionreport.h"
#include <QCoreApplication>
#include <QStandardPaths>
#include <unistd.h>

namespace iam::console {

namespace {

constexpr qsizetype keptWords = 8192;
constexpr int patience = 3000; ///< milliseconds for a process that is told to end when the console ends

QString translated(const char* text)
{
    return QCoreApplication::translate("AdoptionProcess", text);
}

QString findProgram(const QString& given)
{
    if (!given.isEmpty()) return given;
    const QString name = QStringLiteral("iam-server");
    const QString beside = QStandardPaths::findExecutable(name, {QCoreApplication::applicationDirPath()});
    return beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside;
}

QProcessEnvironment environmentWith(const SecretString& password)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& key : environment.keys())
        if (key.startsWith(u"IAM_")) environment.remove(key);
    if (!password.empty())
        environment.insert(QStringLiteral("IAM_MYSQL_PASSWORD"), QString::fromStdString(password.reveal()));
    return environment;
}

const char* flagOf(models::AdoptionProgram::Act act)
{
    switch (act) {
    case models::AdoptionProgram::Act::Finish:
        return "--finish";
    case models::AdoptionProgram::Act::Back:
        return "--back";
    case models::AdoptionProgram::Act::Check:
        break;
    }
    return "--check";
}

} // namespace

AdoptionProcess::AdoptionProcess(const QString& program, QObject* parent)
    : AdoptionProgram(parent)
    , m_program(findProgram(program))
{
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([] { ::setsid(); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &AdoptionProcess::takeOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, &AdoptionProcess::takeWords);
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        takeOutput();
        takeWords();
        takeEnd(status == QProcess::NormalExit && code == 0);
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            endLater(translated(QT_TRANSLATE_NOOP("AdoptionProcess", "%1 could not be started.")).arg(m_program));
    });
}

AdoptionProcess::~AdoptionProcess()
{
    m_process.disconnect(this);
    if (!isRunning()) return;
    m_process.terminate();
    if (m_process.waitForFinished(patience)) return;
    m_process.kill();
    m_process.waitForFinished(patience);
}

bool AdoptionProcess::isRunning() const
{
    return m_process.state() != QProcess::NotRunning;
}

bool AdoptionProcess::writeDecisions(const QByteArray& decisions)
{
    m_decisions.reset();
    if (decisions.isEmpty()) return true;
    m_decisions = std::make_unique<QTemporaryFile>(); // only this user can read it
    return m_decisions->open() && m_decisions->write(decisions) == decisions.size() && m_decisions->flush();
}

QStringList AdoptionProcess::argumentsOf(const Request& request) const
{
    QStringList out{QStringLiteral("adopt"), models::databaseUrl(request.place),
                    QString::fromLatin1(flagOf(request.act)), QStringLiteral("--json")};
    const auto add = [&out](const char* option, const QString& value) {
        if (!value.isEmpty()) out << QString::fromLatin1(option) << value;
    };
    const auto set = [&out](const char* key, const QString& value) {
        if (!value.isEmpty()) out << QStringLiteral("--set") << QString::fromLatin1(key) + u'=' + value;
    };
    add("--data-dir", request.dataFolder);
    set("mysql.ssl-ca", request.place.sslCa);
    set("mysql.ssl-cert", request.place.sslCert);
    set("mysql.ssl-key", request.place.sslKey);
    if (request.act == Act::Check) return out;
    add("--backup-dir", request.backupFolder);
    if (m_decisions) add("--decisions", m_decisions->fileName());
    if (request.act == Act::Back && request.lockAccounts) out << QStringLiteral("--lock-accounts");
    return out;
}

void AdoptionProcess::run(const Request& request)
{
    if (isRunning()) return;
    m_line.clear();
    m_words.clear();
    m_fault.clear();
    if (m_program.isEmpty())
        return endLater(
            translated(QT_TRANSLATE_NOOP("AdoptionProcess", "The program iam-server was not found beside this one.")));
    if (!writeDecisions(request.act == Act::Finish ? request.decisions : QByteArray()))
        return endLater(
            translated(QT_TRANSLATE_NOOP("AdoptionProcess", "The file with the decisions could not be written.")));
    m_process.setProgram(m_program);
    m_process.setArguments(argumentsOf(request));
    m_process.setProcessEnvironment(environmentWith(request.place.password));
    m_process.start();
    m_process.setProcessEnvironment({}); // it has its own copy
}

void AdoptionProcess::stop()
{
    if (isRunning()) m_process.terminate();
}

void AdoptionProcess::takeOutput()
{
    m_line += m_process.readAllStandardOutput();
    for (qsizetype end = m_line.indexOf('\n'); end >= 0 && m_fault.isEmpty(); end = m_line.indexOf('\n')) {
        const QByteArray line = m_line.left(end);
        m_line.remove(0, end + 1);
        if (static_cast<std::size_t>(line.size()) <= models::maxAdoptionLine)
            Q_EMIT lineWritten(line);
        else
            m_line = line; // the same as one whose end has not come yet
    }
    if (static_cast<std::size_t>(m_line.size()) <= models::maxAdoptionLine || !m_fault.isEmpty()) return;
    m_fault = translated(QT_TRANSLATE_NOOP(
        "AdoptionProcess",
        "There are more findings than can be shown here. Use “iam-server adopt --check” in a terminal."));
    m_line.clear();
    m_process.kill(); // it only reads
}

void AdoptionProcess::takeWords()
{
    m_words += m_process.readAllStandardError();
    m_words = m_words.right(keptWords);
}

void AdoptionProcess::takeEnd(bool good)
{
    m_decisions.reset();
    const QString words = m_fault.isEmpty() ? QString::fromUtf8(m_words).trimmed() : m_fault;
    Q_EMIT ended(good && m_fault.isEmpty(), words);
}

/// Nothing is said before run() has returned.
void AdoptionProcess::endLater(const QString& words)
{
    m_fault = words;
    QMetaObject::invokeMethod(
        this, [this] { takeEnd(false); }, Qt::QueuedConnection);
}

} // namespace iam::console
