// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestid.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <span>
#include <sys/random.h>
#include <system_error>

namespace iam::http {

namespace {

/// The kernel's random bytes, fetched 1 KiB at a time: a system call for every 64th UUID.
class KernelRandom {
public:
    static constexpr std::size_t size = 16; ///< of one UUID

    std::span<unsigned char, size> take()
    {
        if (m_next == m_bytes.size()) fill();
        m_next += size;
        return std::span<unsigned char, size>(m_bytes.data() + m_next - size, size);
    }

private:
    void fill()
    {
        for (std::size_t done = 0; done < m_bytes.size();) {
            const ssize_t got = ::getrandom(m_bytes.data() + done, m_bytes.size() - done, 0);
            if (got < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
            if (got > 0) done += static_cast<std::size_t>(got);
        }
        m_next = 0;
    }

    std::array<unsigned char, 64 * size> m_bytes{};
    std::size_t m_next = m_bytes.size();
};

/// Every byte's two digits.
constexpr std::array<std::array<char, 2>, 256> HEX = [] {
    constexpr std::string_view DIGITS = "0123456789abcdef";
    std::array<std::array<char, 2>, 256> all{};
    for (std::size_t byte = 0; byte < all.size(); ++byte) all[byte] = {DIGITS[byte >> 4], DIGITS[byte & 0x0F]};
    return all;
}();

} // namespace

bool isRequestId(std::string_view text) noexcept
{
    return !text.empty() && text.size() <= 128 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

std::string makeRequestId()
{
    thread_local KernelRandom random;
    const auto bytes = random.take();
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x40); // RFC 9562 §5.4: version 4, and the variant
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);
    constexpr std::array<std::uint8_t, KernelRandom::size> PLACES{0,  2,  4,  6,  9,  11, 14, 16,
                                                                  19, 21, 24, 26, 28, 30, 32, 34};
    std::string text(36, '-');
    for (std::size_t i = 0; i < bytes.size(); ++i) std::memcpy(text.data() + PLACES[i], HEX[bytes[i]].data(), 2);
    return text;
}

} // namespace iam::http
