// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/photographer.h"
#include "shell/language.h"
#include "shell/themefollower.h"
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QTextStream>

namespace iam::support {

int takePictures(int argc, char** argv, const std::function<void(Photographer&)>& shootAll)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("iam-console-pictures"));
    QTextStream err(stderr);
    const QStringList arguments = QCoreApplication::arguments();
    const auto theme = shell::themeFromText(arguments.value(2));
    if (arguments.size() != 4 || !theme || !QDir().mkpath(arguments[1])) {
        err << "usage: " << QFileInfo(arguments[0]).fileName() << " FOLDER light|dark|high-contrast en|zh_CN"
            << Qt::endl;
        return 2;
    }
    QSettings().clear();
    shell::installLanguage(application, QLocale(arguments[3]));
    const shell::ThemeFollower follower(application, *theme);
    Photographer photographer(arguments[1]);
    shootAll(photographer);
    for (const QString& fault : photographer.faults()) err << fault << Qt::endl;
    return photographer.faults().isEmpty() ? 0 : 1;
}

} // namespace iam::support
