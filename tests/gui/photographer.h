// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "support/clippedtexts.h"
#include "support/widgetdriver.h"
#include <QApplication>
#include <QStringList>
#include <QWidget>
#include <functional>

namespace iam::support {

/// Takes the pictures and looks for texts that do not fit.
class Photographer {
public:
    explicit Photographer(QString folder)
        : m_folder(std::move(folder))
    {
    }

    void shoot(QWidget* window, const QString& name)
    {
        // What follows a change by itself: layouts, icons, delayed states.
        QTest::qWait(350);
        QCoreApplication::sendPostedEvents(); // the layout of a text that changed in the last moment
        const QString file = QStringLiteral("%1/%2.png").arg(m_folder, name);
        if (!window->grab().save(file)) m_faults.append(QStringLiteral("%1: not written").arg(file));
        for (const QString& fault : support::clippedTexts(window))
            m_faults.append(QStringLiteral("%1: %2").arg(name, fault));
    }
    void shootCurrent(const QString& name)
    {
        QWidget* window = QApplication::activeModalWidget();
        if (window == nullptr) window = visible<QWidget>("mainWindow");
        shoot(window, name);
    }
    /// Waits twenty seconds at most; what is not reached is a fault.
    template <class Condition>
    bool reach(const char* what, Condition condition)
    {
        if (QTest::qWaitFor(condition, 20'000)) return true;
        miss(QString::fromLatin1(what));
        return false;
    }
    void miss(const QString& what) { m_faults.append(QStringLiteral("%1: not reached").arg(what)); }
    [[nodiscard]] const QStringList& faults() const { return m_faults; }

private:
    QString m_folder;
    QStringList m_faults;
};

/// main() of a program that takes pictures: PROGRAM FOLDER THEME LANGUAGE. Prints the faults; 0 when there are none.
int takePictures(int argc, char** argv, const std::function<void(Photographer&)>& shootAll);

} // namespace iam::support
