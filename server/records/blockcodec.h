// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include <span>
#include <vector>

namespace iam::records {

// What a stored block holds: a MessagePack array of records (each an array of fields), in one zstd frame with a
// checksum.

inline constexpr std::size_t maxUnpackedBlock = 32 * 1024 * 1024;

/// Fails with Code::EncodingFailed when the records are larger than a block may be.
Result<std::vector<unsigned char>> packBlock(std::span<const contract::DecisionRecord* const> records);
/// Fails with Code::DecodingFailed on anything that packBlock did not make; never takes more memory than a few times
/// maxUnpackedBlock.
Result<std::vector<contract::DecisionRecord>> unpackBlock(std::span<const unsigned char> bytes);

} // namespace iam::records
