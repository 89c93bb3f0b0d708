// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks arbitrary bytes as a block of decision records, as they are and as the content of a proper zstd frame.
#include "records/blockcodec.h"
#include <cstdlib>
#include <zstd.h>

using namespace iam;
using namespace iam::records;

namespace {

void tryBlock(std::span<const unsigned char> bytes)
{
    const auto records = unpackBlock(bytes);
    if (!records) {
        if (records.error().code != Code::DecodingFailed) std::abort();
        return;
    }
    // What was understood can be packed again and comes back the same.
    std::vector<std::string> parts;
    for (const auto& record : *records) packRecord(record, parts.emplace_back());
    const auto packed = BlockPacker().pack(std::vector<std::string_view>(parts.begin(), parts.end()));
    if (!packed) std::abort();
    const auto again = unpackBlock(*packed);
    if (!again || *again != *records) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    tryBlock({data, size});
    std::vector<unsigned char> frame(ZSTD_compressBound(size));
    const std::size_t packed = ZSTD_compress(frame.data(), frame.size(), data, size, 1);
    if (ZSTD_isError(packed) == 0) tryBlock({frame.data(), packed});
    return 0;
}
