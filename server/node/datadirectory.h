// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <string>

namespace iam::node {

/// The folder with everything one server keeps, held by one process at a time.
class DataDirectory {
public:
    /// Makes the folder (0700) when it is not there and takes the lock in it. Error::detail is one clear sentence.
    static Result<DataDirectory> open(const std::string& path);
    DataDirectory(DataDirectory&& other) noexcept;
    DataDirectory& operator=(DataDirectory&& other) noexcept;
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;
    ~DataDirectory();

    [[nodiscard]] std::string file(const std::string& name) const { return m_path + "/" + name; }
    [[nodiscard]] bool has(const std::string& name) const;

private:
    DataDirectory(std::string path, int lock);

    std::string m_path;
    int m_lock = -1; ///< its flock(2) goes with the process, however that ends
};

} // namespace iam::node
