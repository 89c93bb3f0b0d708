// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLocale>

class QCoreApplication;

namespace iam::shell {

/// Makes the application speak the locale's language, as far as there are translations: English, 简体中文. Qt's own
/// texts come from the translations installed with Qt; without them they stay English. Sets the default locale too.
void installLanguage(QCoreApplication& application, const QLocale& locale);

} // namespace iam::shell
