// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDir>
#include <QFile>

namespace iam::test {

/// The library that goes between a program and its clock (faketime(1), for LD_PRELOAD); empty when it is not there.
inline QString fakeTimeLibrary()
{
    for (const QString& folder :
         QDir(QStringLiteral("/usr/lib")).entryList({QStringLiteral("*-linux-gnu*")}, QDir::Dirs)) {
        const QString path = QStringLiteral("/usr/lib/%1/faketime/libfaketimeMT.so.1").arg(folder);
        if (QFile::exists(path)) return path;
    }
    return {};
}

} // namespace iam::test
