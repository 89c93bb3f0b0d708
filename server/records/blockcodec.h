// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iam::records {

// What a stored block holds: [version, records] in MessagePack, each record an array of fields, in one zstd frame with a
// checksum. Version 2: a request id that is a UUID stands as 16 bytes (bin). Both versions are read.

inline constexpr std::size_t maxUnpackedBlock = 32 * 1024 * 1024;

/// Makes `packed` the record as it stands in a block; takes no memory when its room suffices.
void packRecord(const contract::DecisionRecord& record, std::string& packed);

/// Whether whoever waits for the processor may have it now and then meanwhile.
enum class Pace { Yielding, Hurried };

/// Makes blocks of packed records, one after another. One thread at a time.
class BlockPacker {
public:
    BlockPacker();
    ~BlockPacker();
    BlockPacker(const BlockPacker&) = delete;
    BlockPacker& operator=(const BlockPacker&) = delete;

    /// Fails with Code::EncodingFailed when the records are larger than a block may be.
    Result<std::vector<unsigned char>> pack(std::span<const std::string_view> packedRecords, Pace pace = Pace::Hurried);

private:
    struct Private;
    const std::unique_ptr<Private> d;
};

/// Fails with Code::DecodingFailed on anything that packBlock did not make; never takes more memory than a few times
/// maxUnpackedBlock.
Result<std::vector<contract::DecisionRecord>> unpackBlock(std::span<const unsigned char> bytes);

} // namespace iam::records
