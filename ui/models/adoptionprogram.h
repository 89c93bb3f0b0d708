// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionplace.h"
#include <QByteArray>
#include <QObject>

namespace iam::models {

/// The server program that takes databases over ("iam-server adopt … --json"), in a process of its own: whatever ends
/// the console, the database stays in a state that the next run goes on from.
class AdoptionProgram : public QObject {
    Q_OBJECT
public:
    enum class Act { Check, Finish, Back };
    struct Request {
        Act act = Act::Check;
        AdoptionPlace place = {};
        QString dataFolder = {};   ///< with the keys that seal secrets
        QString backupFolder = {}; ///< where dumps go
        QByteArray decisions = {}; ///< the text of the decision file; empty: none
        bool lockAccounts = false; ///< see --lock-accounts
    };

    using QObject::QObject;
    /// Does nothing while it runs. What comes of it are signals, none before this returns.
    virtual void run(const Request& request) = 0;
    /// Asks it to end: a check at once, the others between two steps. ended() comes then.
    virtual void stop() = 0;
    [[nodiscard]] virtual bool isRunning() const = 0;

Q_SIGNALS:
    /// One line that it wrote, without its end; at most maxAdoptionLine bytes.
    void lineWritten(const QByteArray& line);
    /// The last signal of a run. `good`: it ended with success. `words`: what it said besides, for people; may be
    /// empty.
    void ended(bool good, const QString& words);
};

} // namespace iam::models
