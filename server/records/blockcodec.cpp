// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/blockcodec.h"
#define MSGPACK_NO_BOOST
#include <algorithm>
#include <boost/uuid/uuid_io.hpp>
#include <cstring>
#include <memory>
#include <msgpack.hpp>
#include <optional>
#include <thread>
#include <zstd.h>

namespace iam::records {

namespace {

using contract::DecisionRecord;

constexpr std::int64_t formatVersion = 2;
constexpr std::int64_t oldestFormatVersion = 1; // without UUIDs in 16 bytes
constexpr std::uint32_t fieldCount = 13;
constexpr std::uint32_t oldestFieldCount = 12; // without the snapshot
constexpr int compressionLevel = 1;            // paid for every decision: the quickest that still packs well
constexpr int windowLog = 14;                  // as the step: what is gained beyond is little
constexpr std::size_t compressedAtOnce = std::size_t{1} << windowLog; // some hundredths of a millisecond
constexpr std::size_t maxElements = 1'000'000;

using Uuid = boost::uuids::uuid;

/// The UUID that is written like this, digit by digit: most request ids are one, and random digits do not compress.
std::optional<Uuid> uuidOf(std::string_view text)
{
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (text.size() != form.size()) return std::nullopt;
    Uuid uuid{};
    std::size_t digits = 0;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const char c = text[i];
        if (form[i] == '-') {
            if (c != '-') return std::nullopt;
            continue;
        }
        const bool letter = c >= 'a' && c <= 'f';
        if (!letter && (c < '0' || c > '9')) return std::nullopt;
        std::uint8_t& byte = uuid.data[digits++ / 2];
        byte = static_cast<std::uint8_t>(byte << 4 | (letter ? c - 'a' + 10 : c - '0'));
    }
    return uuid;
}

/// A text, or a UUID in its 16 bytes.
std::string requestIdOf(const msgpack::object& object)
{
    if (object.type != msgpack::type::BIN) return object.as<std::string>();
    Uuid uuid{};
    if (object.via.bin.size != uuid.size()) throw msgpack::type_error();
    std::memcpy(uuid.data, object.via.bin.ptr, uuid.size());
    return to_string(uuid);
}

struct FreeCompressor {
    void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
};

/// What a packer writes to, mostly a byte at a time: a text that is cut to what was written.
class TextBuffer {
public:
    /// `expected` is enough; more costs an allocation. The room of `text` is used.
    explicit TextBuffer(std::size_t expected, std::string text = {})
        : m_text(std::move(text))
    {
        m_text.resize(expected);
    }
    [[gnu::always_inline]] void write(const char* bytes, std::size_t size)
    {
        if (m_text.size() - m_used < size) grow(size);
        std::memcpy(m_text.data() + m_used, bytes, size);
        m_used += size;
    }
    [[nodiscard]] std::string take()
    {
        m_text.resize(m_used);
        return std::move(m_text);
    }

private:
    [[gnu::noinline]] void grow(std::size_t by) { m_text.resize(m_text.size() * 2 + by); }

    std::string m_text;
    std::size_t m_used = 0;
};

std::size_t sizeOf(const DecisionRecord& record)
{
    std::size_t size = 96 + record.owner.size() + record.subject.size() + record.action.size() +
                       record.resource.size() + record.context.size() + record.reason.size() + record.requestId.size() +
                       record.node.size();
    for (const std::string& decider : record.deciders) size += 5 + decider.size();
    return size;
}

// Throws what MessagePack throws on a value of another type. Fields that a later version appended are passed over.
DecisionRecord unpack(const msgpack::object& object)
{
    const auto fields = object.as<std::vector<msgpack::object>>();
    if (fields.size() < oldestFieldCount) throw msgpack::type_error();
    DecisionRecord record;
    fields[0].convert(record.sequence);
    record.time = TimePoint(std::chrono::milliseconds(fields[1].as<std::int64_t>()));
    fields[2].convert(record.owner);
    fields[3].convert(record.subject);
    fields[4].convert(record.action);
    fields[5].convert(record.resource);
    fields[6].convert(record.context);
    fields[7].convert(record.allowed);
    fields[8].convert(record.reason);
    fields[9].convert(record.deciders);
    record.requestId = requestIdOf(fields[10]);
    fields[11].convert(record.node);
    if (fields.size() > 12) fields[12].convert(record.snapshot);
    return record;
}

Result<std::vector<DecisionRecord>> unpackRecords(const std::vector<char>& raw)
{
    const msgpack::unpack_limit limit(maxElements, 0, raw.size(), Uuid::static_size(), 0, 8);
    try {
        // Texts stay where they are in `raw`.
        const auto refer = [](msgpack::type::object_type, std::size_t, void*) { return true; };
        msgpack::zone zone;
        const auto parts =
            msgpack::unpack(zone, raw.data(), raw.size(), refer, nullptr, limit).as<std::vector<msgpack::object>>();
        const auto version = parts.size() == 2 ? parts[0].as<std::int64_t>() : 0;
        if (version < oldestFormatVersion || version > formatVersion) {
            return fail(Code::DecodingFailed, "record block of an unknown version");
        }
        std::vector<DecisionRecord> records;
        for (const msgpack::object& part : parts[1].as<std::vector<msgpack::object>>()) records.push_back(unpack(part));
        return records;
    } catch (const std::exception& fault) {
        return fail(Code::DecodingFailed, std::string("record block is damaged: ") + fault.what());
    }
}

} // namespace

void packRecord(const DecisionRecord& record, std::string& packed)
{
    TextBuffer buffer(sizeOf(record), std::move(packed));
    msgpack::packer<TextBuffer> packer(buffer);
    packer.pack_array(fieldCount);
    packer.pack(record.sequence);
    packer.pack(static_cast<std::int64_t>(record.time.time_since_epoch().count()));
    packer.pack(record.owner);
    packer.pack(record.subject);
    packer.pack(record.action);
    packer.pack(record.resource);
    packer.pack(record.context);
    packer.pack(record.allowed);
    packer.pack(record.reason);
    packer.pack(record.deciders);
    if (const auto uuid = uuidOf(record.requestId))
        packer.pack_bin(Uuid::static_size()).pack_bin_body(reinterpret_cast<const char*>(uuid->data), uuid->size());
    else
        packer.pack(record.requestId);
    packer.pack(record.node);
    packer.pack(record.snapshot);
    packed = buffer.take();
}

struct BlockPacker::Private {
    std::unique_ptr<ZSTD_CCtx, FreeCompressor> context{ZSTD_createCCtx()}; // its tables are large: kept
};

BlockPacker::BlockPacker()
    : d(std::make_unique<Private>())
{
    if (!d->context) return;
    ZSTD_CCtx_setParameter(d->context.get(), ZSTD_c_compressionLevel, compressionLevel);
    ZSTD_CCtx_setParameter(d->context.get(), ZSTD_c_windowLog, windowLog);
    ZSTD_CCtx_setParameter(d->context.get(), ZSTD_c_checksumFlag, 1);
}
BlockPacker::~BlockPacker() = default;

Result<std::vector<unsigned char>> BlockPacker::pack(std::span<const std::string_view> packedRecords, Pace pace)
{
    std::size_t room = 16;
    for (const std::string_view record : packedRecords) room += record.size();
    if (room > maxUnpackedBlock) return fail(Code::EncodingFailed, "record block is too large");
    TextBuffer buffer(room);
    msgpack::packer<TextBuffer> packer(buffer);
    packer.pack_array(2);
    packer.pack(formatVersion);
    packer.pack_array(static_cast<std::uint32_t>(packedRecords.size()));
    for (const std::string_view record : packedRecords) buffer.write(record.data(), record.size());
    const std::string raw = buffer.take();

    ZSTD_CCtx* const context = d->context.get();
    if (context == nullptr) return fail(Code::EncodingFailed, "out of memory");
    ZSTD_CCtx_reset(context, ZSTD_reset_session_only); // the last one may have failed
    ZSTD_CCtx_setPledgedSrcSize(context, raw.size());
    std::vector<unsigned char> packed(ZSTD_compressBound(raw.size()));
    ZSTD_outBuffer out{packed.data(), packed.size(), 0};
    for (std::size_t done = 0; done < raw.size();) {
        if (pace == Pace::Yielding) std::this_thread::yield();
        const std::size_t step = std::min(compressedAtOnce, raw.size() - done);
        ZSTD_inBuffer in{raw.data() + done, step, 0};
        done += step;
        const bool last = done == raw.size();
        const std::size_t left = ZSTD_compressStream2(context, &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left) != 0) return fail(Code::EncodingFailed, std::string("zstd: ") + ZSTD_getErrorName(left));
        if (in.pos < in.size || (last && left > 0)) return fail(Code::EncodingFailed, "zstd: more than announced");
    }
    packed.resize(out.pos);
    packed.shrink_to_fit();
    return packed;
}

Result<std::vector<DecisionRecord>> unpackBlock(std::span<const unsigned char> bytes)
{
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > maxUnpackedBlock) {
        return fail(Code::DecodingFailed, "record block is damaged: no zstd frame of a proper size");
    }
    std::vector<char> raw(static_cast<std::size_t>(size));
    const std::size_t got = ZSTD_decompress(raw.data(), raw.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(got) != 0 || got != raw.size()) {
        return fail(Code::DecodingFailed, std::string("record block is damaged: ") +
                                              (ZSTD_isError(got) != 0 ? ZSTD_getErrorName(got) : "wrong size"));
    }
    return unpackRecords(raw);
}

} // namespace iam::records
