// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/lint/fileset.h"
#include <memory>
#include <string>

namespace iam::cluster {

/// A node's files written to a folder of their own, so that programs can read them without touching this machine's:
/// paths below /etc/nginx, /etc/keepalived, /run, /var/log and the like lead into the folder. Lines stay where they
/// are. Removed with the object.
class TemporaryTree {
public:
    /// What belongs to nginx's package and the node's files lack (mime.types, modules) is this machine's.
    static Result<std::unique_ptr<TemporaryTree>> write(const NodeFiles& node);
    ~TemporaryTree();
    TemporaryTree(const TemporaryTree&) = delete;
    TemporaryTree& operator=(const TemporaryTree&) = delete;

    /// Where a path of the node lies now.
    [[nodiscard]] std::string pathOf(const std::string& path) const { return m_root + path; }
    /// A program's words with the node's own paths again.
    [[nodiscard]] std::string original(std::string message) const;

private:
    explicit TemporaryTree(std::string root)
        : m_root(std::move(root))
    {
    }
    Result<> writeFiles(const NodeFiles& node);
    [[nodiscard]] std::string moved(const std::string& text) const;
    void linkPackageFiles() const;
    void makeCertificates(const NodeFiles& node);

    std::string m_root;
    std::vector<std::pair<std::string, std::string>> m_certificates; ///< a path that is not here → what stands for it
};

} // namespace iam::cluster
