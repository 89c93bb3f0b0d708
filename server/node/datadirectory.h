// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <string>
#include <utility>
#include <vector>

namespace iam::node {

/// The folder with what one server keeps outside of its database, or all it keeps with SQLite.
class DataDirectory {
public:
    /// Makes the folder (0700) when it is not there and takes it for this process alone. Error::detail is one clear
    /// sentence.
    static Result<DataDirectory> open(const std::string& path);
    /// The same beside other processes that share it. Each of `claims` (plain words) is held by one process at a time.
    /// One process starts at a time: this waits for a former one to have called letOthersStart() or to have ended.
    static Result<DataDirectory> openShared(const std::string& path, const std::vector<std::string>& claims);
    /// Makes the folder (0700) when it is not there, and takes nothing.
    static Result<> makeFolder(const std::string& path);
    DataDirectory(DataDirectory&& other) noexcept = default;
    DataDirectory& operator=(DataDirectory&& other) noexcept = default;

    [[nodiscard]] std::string file(const std::string& name) const { return m_path + "/" + name; }
    [[nodiscard]] bool has(const std::string& name) const;
    /// What processes would make twice is made: keys, the administrator.
    void letOthersStart() { m_start = {}; }

private:
    /// A file locked with flock(2): the lock goes with the process, however that ends.
    class Lock {
    public:
        Lock() = default;
        /// `how` as flock(2) takes it. Code::StorageUnavailable with `heldBy` as detail when another process has it.
        static Result<Lock> take(const std::string& file, int how, const std::string& heldBy);
        Lock(Lock&& other) noexcept;
        Lock& operator=(Lock&& other) noexcept;
        ~Lock();

    private:
        int m_file = -1;
    };

    explicit DataDirectory(std::string path)
        : m_path(std::move(path))
    {
    }
    static Result<DataDirectory> make(const std::string& path, int how);

    std::string m_path;
    Lock m_whole;
    Lock m_start;
    std::vector<Lock> m_claims;
};

} // namespace iam::node
