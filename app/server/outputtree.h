// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <string>
#include <vector>

namespace iam::app {

/// One file below the folder that is written.
struct OutputFile {
    std::string path; ///< relative: "n1/etc/nginx/nginx.conf"
    std::string content;
    unsigned mode = 0644;
};

/// Writes the files as the whole content of `folder`, all or nothing: they are complete under another name before they
/// take its place. `folder` may be absent, empty, or an earlier output of this function, which they replace; anything
/// else is refused with Code::Validation, symbolic links too. What the system refuses is Code::StorageUnavailable, and
/// `folder` is as it was.
Result<> writeOutputTree(const std::string& folder, const std::vector<OutputFile>& files);

} // namespace iam::app
