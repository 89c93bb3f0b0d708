// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/filedescriptor.h"
#include "base/result.h"
#include <chrono>
#include <string>
#include <string_view>

namespace iam::records {

/// The file of a folder that lines are appended to. Several processes may do so: each takes the file's lock (flock(2))
/// for as long as it appends. One thread at a time.
class CsvFile {
public:
    /// The folder is made when it is missing.
    explicit CsvFile(std::string folder)
        : m_folder(std::move(folder))
    {
    }

    /// Appends whole lines to the file `name`.csv; success when they are on the disk. A new file begins with `header`;
    /// where a file of that name begins otherwise, the next free of `name`-2.csv, `name`-3.csv, … is taken. A line
    /// without an end, which a process left that was killed, is cut off first: what it belongs to was never
    /// acknowledged. When it fails, nothing of `lines` stays behind, or what stays is cut off the next time.
    /// Code::StorageUnavailable only.
    Result<> append(const std::string& name, std::string_view header, std::string_view lines,
                    std::chrono::milliseconds timeout);

private:
    Result<> open(const std::string& name, std::string_view header, std::chrono::steady_clock::time_point until);
    Result<bool> openNumber(int number, std::string_view header, std::chrono::steady_clock::time_point until);
    Result<> lock(std::chrono::steady_clock::time_point until);
    Result<> add(std::string_view header, std::string_view lines);
    [[nodiscard]] bool isStillThere() const;
    void close() { m_file = FileDescriptor(); }

    const std::string m_folder;
    std::string m_name; ///< what was asked for
    std::string m_path; ///< what came of it
    FileDescriptor m_file;
};

} // namespace iam::records
