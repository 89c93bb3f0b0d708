// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/definitionexport.h"
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>

namespace iam::pages {

namespace {

constexpr qint64 mostBytes = 1 << 20;

QFileDevice::Permissions permissionsOf(unsigned mode)
{
    QFileDevice::Permissions out;
    const auto add = [&](unsigned bit, QFileDevice::Permissions permission) {
        if ((mode & bit) != 0) out |= permission;
    };
    add(0400, QFileDevice::ReadOwner | QFileDevice::ReadUser);
    add(0200, QFileDevice::WriteOwner | QFileDevice::WriteUser);
    add(0100, QFileDevice::ExeOwner | QFileDevice::ExeUser);
    add(0040, QFileDevice::ReadGroup);
    add(0020, QFileDevice::WriteGroup);
    add(0010, QFileDevice::ExeGroup);
    add(0004, QFileDevice::ReadOther);
    add(0002, QFileDevice::WriteOther);
    add(0001, QFileDevice::ExeOther);
    return out;
}

Result<> failed(const QString& path, const QString& why)
{
    return fail(Code::Unknown, (path + QStringLiteral(": ") + why).toStdString());
}

Result<> writeNew(const QString& path, const cluster::RenderedFile& file)
{
    if (!QDir().mkpath(QFileInfo(path).path())) return failed(path, QStringLiteral("the folder cannot be made"));
    QFile out(path);
    if (!out.open(QIODevice::WriteOnly | QIODevice::NewOnly)) return failed(path, out.errorString());
    const auto size = static_cast<qint64>(file.content.size());
    if (out.write(file.content.data(), size) != size || !out.flush() || !out.setPermissions(permissionsOf(file.mode)))
        return failed(path, out.errorString());
    return {};
}

/// What was put in place so far, and where what it replaced went.
struct Swap {
    QString target;
    QString fresh;
    QString former; // empty: there was none
};

void undo(const std::vector<Swap>& done)
{
    for (auto swap = done.rbegin(); swap != done.rend(); ++swap) {
        QDir().rename(swap->target, swap->fresh);
        if (!swap->former.isEmpty()) QDir().rename(swap->former, swap->target);
    }
}

} // namespace

Result<> exportFiles(const QString& folder, const DefinitionDraft::Files& files)
{
    if (!QDir().mkpath(folder)) return failed(folder, QStringLiteral("the folder cannot be made"));
    const QTemporaryDir work(QDir(folder).filePath(QStringLiteral(".export-XXXXXX")));
    if (!work.isValid()) return failed(folder, work.errorString());
    for (const auto& [machine, rendered] : files)
        for (const cluster::RenderedFile& file : rendered) {
            const QString path = work.filePath(
                QStringLiteral("new/%1%2").arg(QString::fromStdString(machine), QString::fromStdString(file.path)));
            if (auto written = writeNew(path, file); !written) return written;
        }
    QDir().mkpath(work.filePath(QStringLiteral("former")));
    std::vector<Swap> done;
    for (const auto& [machine, rendered] : files) {
        const QString name = QString::fromStdString(machine);
        Swap swap{QDir(folder).filePath(name), work.filePath(QStringLiteral("new/") + name), {}};
        if (QFileInfo::exists(swap.target)) {
            swap.former = work.filePath(QStringLiteral("former/") + name);
            if (!QDir().rename(swap.target, swap.former)) {
                undo(done);
                return failed(swap.target, QStringLiteral("cannot be replaced"));
            }
        }
        if (!QDir().rename(swap.fresh, swap.target)) {
            if (!swap.former.isEmpty()) QDir().rename(swap.former, swap.target);
            undo(done);
            return failed(swap.target, QStringLiteral("cannot be put in place"));
        }
        done.push_back(swap);
    }
    return {};
}

Result<std::string> readTextFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return fail(Code::Unknown, file.errorString().toStdString());
    if (file.size() > mostBytes) return fail(Code::Unknown, "it is larger than 1 MiB");
    const QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes) return fail(Code::Unknown, "it is larger than 1 MiB");
    return bytes.toStdString();
}

Result<> writeTextFile(const QString& path, const std::string& text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return fail(Code::Unknown, file.errorString().toStdString());
    file.write(text.data(), static_cast<qint64>(text.size()));
    if (!file.commit()) return fail(Code::Unknown, file.errorString().toStdString());
    return {};
}

} // namespace iam::pages
