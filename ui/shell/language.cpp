// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/language.h"
#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

namespace iam::shell {

void installLanguage(QCoreApplication& application, const QLocale& locale)
{
    QLocale::setDefault(locale);
    const auto install = [&](const QString& file, const QString& folder) {
        auto* translator = new QTranslator(&application);
        if (translator->load(locale, file, QStringLiteral("_"), folder))
            application.installTranslator(translator);
        else
            delete translator;
    };
    install(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("iam"), QStringLiteral(":/i18n"));
}

} // namespace iam::shell
