// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/codec.h"
#include <QDialog>
#include <functional>

class QButtonGroup;

namespace iam::pages {

/// Asks for how long the old key of a secret stays valid beside the new one. Opens without a nested event loop and
/// deletes itself. Object names: "rotateSecret" (dialog), "rotateSecret.now", ".day", ".week", ".accept", ".cancel".
class RotateDialog : public QDialog {
    Q_OBJECT
public:
    /// `accepted` runs when the user agrees and `parent` still lives. `secret` is the name to show.
    static RotateDialog* ask(QWidget* parent, const QString& secret,
                             const std::function<void(contract::SecretRotation)>& accepted);

private:
    RotateDialog(const QString& secret, QWidget* parent);

    QButtonGroup* m_overlap; ///< ids are seconds
};

} // namespace iam::pages
