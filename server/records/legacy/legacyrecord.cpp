// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/legacy/legacyrecord.h"
#define MSGPACK_NO_BOOST
#include <array>
#include <limits>
#include <msgpack.hpp>
#include <optional>

namespace iam::records {

namespace {

constexpr int deepest = 16; // of what an unknown field holds
constexpr std::int8_t timeStampType = -1;
constexpr std::uint32_t nanosecondsEnd = 1'000'000'000;

/// A packer's stream that appends to a text.
struct TextStream {
    std::string& text;
    void write(const char* bytes, std::size_t size) { text.append(bytes, size); }
};

void putBigEndian(char* at, std::uint64_t value, int bytes)
{
    for (int i = bytes; i-- > 0; value >>= 8U) at[i] = static_cast<char>(value & 0xFFU);
}

std::uint64_t takeBigEndian(const char* at, int bytes)
{
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) value = value << 8U | static_cast<unsigned char>(at[i]);
    return value;
}

/// The shortest of the three forms that the specification of MessagePack gives a time stamp.
template <class Packer>
void packTime(Packer& packer, const LegacyTime& time)
{
    std::array<char, 12> body;
    const auto seconds = static_cast<std::uint64_t>(time.seconds);
    std::uint32_t size = 12;
    if (seconds >> 34U != 0) {
        putBigEndian(body.data(), time.nanoseconds, 4);
        putBigEndian(body.data() + 4, seconds, 8);
    } else if (time.nanoseconds != 0 || seconds >> 32U != 0) {
        size = 8;
        putBigEndian(body.data(), std::uint64_t{time.nanoseconds} << 34U | seconds, 8);
    } else {
        size = 4;
        putBigEndian(body.data(), seconds, 4);
    }
    packer.pack_ext(size, timeStampType);
    packer.pack_ext_body(body.data(), size);
}

/// Nothing when `extension`, which begins with its type, is no time stamp.
std::optional<LegacyTime> takeTime(std::string_view extension)
{
    if (extension.empty() || static_cast<std::int8_t>(extension[0]) != timeStampType) return {};
    const char* const body = extension.data() + 1;
    LegacyTime time;
    switch (extension.size() - 1) {
    case 4:
        time.seconds = static_cast<std::int64_t>(takeBigEndian(body, 4));
        break;
    case 8:
        time.nanoseconds = static_cast<std::uint32_t>(takeBigEndian(body, 8) >> 34U);
        time.seconds = static_cast<std::int64_t>(takeBigEndian(body, 8) & ((std::uint64_t{1} << 34U) - 1));
        break;
    case 12:
        time.nanoseconds = static_cast<std::uint32_t>(takeBigEndian(body, 4));
        time.seconds = static_cast<std::int64_t>(takeBigEndian(body + 4, 8));
        break;
    default:
        return {};
    }
    if (time.nanoseconds >= nanosecondsEnd) return {};
    return time;
}

/// Is shown the parts of the bytes one after another, and says false when it has seen enough.
class RecordVisitor : public msgpack::null_visitor {
public:
    [[nodiscard]] bool isRecord() const { return m_isRecord; }
    [[nodiscard]] const char* fault() const { return m_fault; }
    [[nodiscard]] LegacyRecord take() { return std::move(m_record); }

    bool visit_nil() { return m_depth > 0 || refuse("is no map"); }
    bool visit_boolean(bool) { return isPassedOver(); }
    bool visit_float32(float) { return isPassedOver(); }
    bool visit_float64(double) { return isPassedOver(); }
    bool visit_positive_integer(std::uint64_t value)
    {
        if (m_field != Field::TimeStamp || !isValue()) return isPassedOver();
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return refuse("has a time out of range");
        m_record.timeStamp = static_cast<std::int64_t>(value);
        return true;
    }
    bool visit_negative_integer(std::int64_t value)
    {
        if (m_field != Field::TimeStamp || !isValue()) return isPassedOver();
        m_record.timeStamp = value;
        return true;
    }
    bool visit_str(const char* text, std::uint32_t size) { return takeText({text, size}); }
    bool visit_bin(const char* text, std::uint32_t size) { return takeText({text, size}); }
    bool visit_ext(const char* extension, std::uint32_t size)
    {
        if (m_field != Field::ExpireAt || !isValue()) return isPassedOver();
        const auto time = takeTime({extension, size});
        if (!time) return refuse("has an extension that is no time stamp");
        m_record.expireAt = *time;
        return true;
    }
    bool start_array(std::uint32_t) { return isPassedOver() && enter(); }
    bool end_array() { return leave(); }
    bool start_map(std::uint32_t)
    {
        if (m_depth == 0)
            m_isRecord = true;
        else if (!isPassedOver())
            return false;
        return enter();
    }
    bool end_map() { return leave(); }
    bool start_map_key()
    {
        if (m_depth == 1) {
            m_atKey = true;
            m_field = Field::Unknown;
        }
        return true;
    }
    bool end_map_key()
    {
        if (m_depth == 1) m_atKey = false;
        return true;
    }

private:
    enum class Field { Unknown, TimeStamp, Username, Effect, Conclusion, Request, Policies, Deciders, ExpireAt };

    static Field fieldNamed(std::string_view name)
    {
        constexpr std::array<std::string_view, 8> names{"TimeStamp", "Username", "Effect",   "Conclusion",
                                                        "Request",   "Policies", "Deciders", "ExpireAt"};
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == name) return static_cast<Field>(i + 1);
        return Field::Unknown;
    }
    std::string* textOf(Field field)
    {
        switch (field) {
        case Field::Username:
            return &m_record.username;
        case Field::Effect:
            return &m_record.effect;
        case Field::Conclusion:
            return &m_record.conclusion;
        case Field::Request:
            return &m_record.request;
        case Field::Policies:
            return &m_record.policies;
        case Field::Deciders:
            return &m_record.deciders;
        default:
            return nullptr;
        }
    }
    [[nodiscard]] bool isValue() const { return m_depth == 1 && !m_atKey; }
    /// Whether something may stand where it stands though nobody wants it: not as the value of a field of ours.
    bool isPassedOver()
    {
        if (m_depth == 0) return refuse("is no map");
        if (isValue() && m_field != Field::Unknown) return refuse("has a field of another type");
        return true;
    }
    bool takeText(std::string_view text)
    {
        if (m_depth == 1 && m_atKey) {
            m_field = fieldNamed(text);
            return true;
        }
        std::string* const member = isValue() ? textOf(m_field) : nullptr;
        if (member == nullptr) return isPassedOver();
        member->assign(text);
        return true;
    }
    bool enter() { return ++m_depth <= deepest || refuse("is nested too deep"); }
    bool leave()
    {
        --m_depth;
        return true;
    }
    bool refuse(const char* why)
    {
        m_fault = why;
        return false;
    }

    LegacyRecord m_record;
    int m_depth = 0;
    bool m_atKey = false;
    Field m_field = Field::Unknown;
    bool m_isRecord = false;
    const char* m_fault = "is damaged";
};

} // namespace

std::string packLegacyRecord(const LegacyRecord& record)
{
    std::string bytes;
    bytes.reserve(160 + record.username.size() + record.conclusion.size() + record.request.size() +
                  record.policies.size() + record.deciders.size());
    TextStream stream{bytes};
    msgpack::packer<TextStream> packer(stream);
    const auto field = [&](const std::string& name, const std::string& value) {
        packer.pack(name);
        packer.pack(value);
    };
    packer.pack_map(8);
    packer.pack("TimeStamp");
    packer.pack_fix_int64(record.timeStamp); // never the short forms
    field("Username", record.username);
    field("Effect", record.effect);
    field("Conclusion", record.conclusion);
    field("Request", record.request);
    field("Policies", record.policies);
    field("Deciders", record.deciders);
    packer.pack("ExpireAt");
    packTime(packer, record.expireAt);
    return bytes;
}

Result<LegacyRecord> unpackLegacyRecord(std::string_view bytes)
{
    RecordVisitor visitor;
    std::size_t offset = 0;
    bool whole = false;
    try {
        whole = msgpack::parse(bytes.data(), bytes.size(), offset, visitor);
    } catch (const std::exception&) {
        whole = false;
    }
    if (!whole || !visitor.isRecord()) return fail(Code::DecodingFailed, std::string("the record ") + visitor.fault());
    return visitor.take();
}

} // namespace iam::records
