// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionprogram.h"
#include <QProcess>
#include <QTemporaryFile>
#include <memory>

namespace iam::console {

/// Runs "iam-server adopt". The password goes to it in its environment, which only this user can read; nothing else of
/// this process's own IAM_… settings does. It is in a session of its own, so it cannot ask on a terminal. When this
/// dies while it runs, it is ended, too: the next run goes on.
class AdoptionProcess final : public models::AdoptionProgram {
    Q_OBJECT
public:
    /// `program`: the path of iam-server; empty: the one beside this program, else the one in PATH.
    explicit AdoptionProcess(const QString& program = {}, QObject* parent = nullptr);
    ~AdoptionProcess() override;

    void run(const Request& request) override;
    void stop() override;
    [[nodiscard]] bool isRunning() const override;
    /// 0 while it does not run.
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }

private:
    bool writeDecisions(const QByteArray& decisions);
    [[nodiscard]] QStringList argumentsOf(const Request& request) const;
    void takeOutput();
    void takeWords();
    void takeEnd(bool good);
    void endLater(const QString& words);

    const QString m_program;
    QProcess m_process;
    std::unique_ptr<QTemporaryFile> m_decisions;
    QByteArray m_line;  ///< what has come of the next one
    QByteArray m_words; ///< standard error, its end
    QString m_fault;    ///< why it was ended by this
};

} // namespace iam::console
