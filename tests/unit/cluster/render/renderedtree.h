// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/render/render.h"
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace iam::test {

/// Puts a machine's files below `folder`. False when one cannot be written.
inline bool writeTree(const QString& folder, const std::vector<cluster::RenderedFile>& files)
{
    for (const cluster::RenderedFile& one : files) {
        QFile file(folder + QString::fromStdString(one.path));
        if (!QDir().mkpath(QFileInfo(file).path()) || !file.open(QIODevice::WriteOnly)) return false;
        if (file.write(one.content.data(), static_cast<qint64>(one.content.size())) < 0) return false;
        const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
        const auto program = QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
        if (!file.setPermissions((one.mode & 0111U) != 0 ? owner | program : owner)) return false;
    }
    return true;
}

} // namespace iam::test
