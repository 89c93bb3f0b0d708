// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/randomuuid.h"
#include <array>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <cerrno>
#include <limits>
#include <sys/random.h>
#include <system_error>

namespace iam {

namespace {

/// The kernel's random numbers, fetched 1 KiB at a time: a system call for every 64th UUID.
class KernelRandom {
public:
    using result_type = std::uint32_t;
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    result_type operator()()
    {
        if (m_next == m_numbers.size()) fill();
        return m_numbers[m_next++];
    }

private:
    void fill()
    {
        const auto bytes = reinterpret_cast<unsigned char*>(m_numbers.data());
        for (std::size_t done = 0; done < sizeof m_numbers;) {
            const ssize_t got = ::getrandom(bytes + done, sizeof m_numbers - done, 0);
            if (got < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
            if (got > 0) done += static_cast<std::size_t>(got);
        }
        m_next = 0;
    }

    std::array<result_type, 256> m_numbers{};
    std::size_t m_next = m_numbers.size();
};

} // namespace

std::string randomUuid()
{
    thread_local boost::uuids::basic_random_generator<KernelRandom> generator;
    return boost::uuids::to_string(generator());
}

} // namespace iam
