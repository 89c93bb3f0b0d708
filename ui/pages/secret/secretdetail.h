// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/secretclient.h"
#include <QWidget>

class QPushButton;

namespace iam::pages {

/// A secret: whether it counts, when it was last used, and the key of before its rotation as long as that is valid.
class SecretDetail : public QWidget {
    Q_OBJECT
public:
    explicit SecretDetail(const contract::Secret& secret, QWidget* parent = nullptr);

Q_SIGNALS:
    void editRequested();
    void rotateRequested();
    void enableRequested(bool enabled);
    void endPreviousRequested();

private:
    QPushButton* button(const QString& name, const QString& iconName, const QString& text);
    [[nodiscard]] QWidget* makeState(const contract::Secret& secret, TimePoint now);
    [[nodiscard]] QWidget* makeId(const QString& name, const std::string& id);
    [[nodiscard]] QWidget* makeFacts(const contract::Secret& secret, TimePoint now);
    [[nodiscard]] QWidget* makePrevious(const contract::PreviousKey& previous, TimePoint now);
};

} // namespace iam::pages
