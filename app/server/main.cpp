// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "verbs.h"
#include <QCoreApplication>
#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <langinfo.h>

using namespace iam::app;

namespace {

/// Services start without a locale; Qt would complain about that on every start.
void useUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) ::setenv("LC_ALL", "C.UTF-8", 1);
}

} // namespace

int main(int argc, char* argv[])
{
    useUtf8();
    // GLib's event loop costs a server two system calls more for every event.
    ::setenv("QT_NO_GLIB", "1", 1);
    VerbArguments arguments(argv + 1, argv + argc);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("iam-server"));
    QCoreApplication::setApplicationVersion(QStringLiteral(IAM_VERSION));

    const auto find = [](std::string_view name) {
        return std::find_if(verbs().begin(), verbs().end(), [&](const Verb& verb) { return verb.name == name; });
    };
    if (!arguments.empty() && arguments.front() == "-h") arguments.front() = "--help";
    auto verb = arguments.empty() ? verbs().end() : find(arguments.front());
    if (verb != verbs().end()) {
        arguments.erase(arguments.begin());
    } else {
        if (!arguments.empty() && !arguments.front().starts_with('-'))
            return refuseArguments("there is no verb '" + arguments.front() + "'");
        verb = find({});
        if (verb == verbs().end()) return refuseArguments("a verb is needed");
    }
    return verb->run(arguments);
}
