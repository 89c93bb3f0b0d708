// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include <QObject>
#include <QUrl>
#include <optional>

namespace iam::shell {

/// The server that the console brings along. Starting does not block; the outcome is a signal.
class BundledServer : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Whether it ran before, so that its administrator has a password.
    [[nodiscard]] virtual bool hasData() const = 0;
    /// Where its data is: what tells two of them apart.
    [[nodiscard]] virtual QString dataPath() const = 0;
    /// Nothing while it does not run.
    [[nodiscard]] virtual std::optional<QUrl> url() const = 0;
    /// `adminPassword` counts only when there is no data yet. Does nothing while it runs or starts.
    virtual void start(std::optional<SecretString> adminPassword) = 0;

Q_SIGNALS:
    void started(const QUrl& url);
    /// One clear sentence, in English.
    void failed(const QString& sentence);
};

} // namespace iam::shell
