// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervisor.h"
#include <iostream>

/// lab_unit NAME STATEFILE: runs the service of that name until SIGTERM; SIGHUP reloads it.
int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "usage: lab_unit NAME STATEFILE\n";
        return 2;
    }
    const auto unit = iam::lab::UnitFile::read(
        argv[1], {"/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"});
    if (!unit.found()) {
        std::cerr << "there is no unit " << argv[1] << ".service\n";
        return 5;
    }
    return iam::lab::Supervisor(unit, argv[2]).run();
}
