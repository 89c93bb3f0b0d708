// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <cstdint>
#include <string>

namespace iam::records {

/// The last sequence that was given out, in a file mapped into memory: giving one costs an atomic addition, and what
/// was given survives the death of the process (kill -9), though not of the machine.
class SequenceFile {
public:
    /// Opens the file or makes it (mode 0600, holding 0). A file that is not one of ours is Code::Database, one that
    /// cannot be used or made Code::StorageUnavailable; the detail names it.
    static Result<SequenceFile> open(const std::string& path);
    SequenceFile(SequenceFile&& other) noexcept;
    SequenceFile& operator=(SequenceFile&& other) noexcept;
    SequenceFile(const SequenceFile&) = delete;
    SequenceFile& operator=(const SequenceFile&) = delete;
    ~SequenceFile();

    [[nodiscard]] std::uint64_t last() const noexcept;
    /// Before anybody takes one.
    void setLast(std::uint64_t sequence) noexcept;
    /// The next sequence, which is the last one now. From any thread.
    [[nodiscard]] std::uint64_t take() noexcept;
    /// Whether open() made the file: then it tells nothing about what was before.
    [[nodiscard]] bool isNew() const noexcept { return m_new; }

private:
    SequenceFile() = default;

    void* m_memory = nullptr;
    bool m_new = false;
};

} // namespace iam::records
