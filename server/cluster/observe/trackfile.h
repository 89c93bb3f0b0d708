// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <optional>
#include <string>

namespace iam::cluster {

/// The file that keepalived watches (keepalived.conf(5), track_file with weight 0): "1" makes this node give the
/// address up, "0" lets it have it. Written beside it and renamed, which keepalived's inotify sees as well as writing;
/// so nobody ever reads half of it.
class TrackFile {
public:
    explicit TrackFile(std::string path);
    /// Leaves 0, when it ever wrote.
    ~TrackFile();
    TrackFile(const TrackFile&) = delete;
    TrackFile& operator=(const TrackFile&) = delete;

    /// Writes, also when it says so already. Fails when the folder cannot be written.
    Result<> write(bool surrender);
    /// What was written last; empty: nothing yet.
    [[nodiscard]] std::optional<bool> written() const noexcept { return m_written; }

private:
    const std::string m_path;
    std::optional<bool> m_written;
};

} // namespace iam::cluster
