// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

namespace iam::cluster {

/// Where keepalived leaves its traces.
struct KeepalivedPlaces {
    std::string vrrpPidFile = "/run/vrrp.pid";  ///< of the VRRP process, the parent's child (keepalived's option -r)
    std::string dumpFolder = "/run/keepalived"; ///< its TMPDIR
};

} // namespace iam::cluster
