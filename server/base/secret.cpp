// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secret.h"
#include <cstring>

namespace iam {

void wipe(void* memory, std::size_t size) noexcept
{
    if (size != 0) explicit_bzero(memory, size);
}

bool equalConstantTime(std::string_view a, std::string_view b) noexcept
{
    unsigned char difference = a.size() == b.size() ? 0 : 1;
    const std::size_t size = a.size() < b.size() ? a.size() : b.size();
    for (std::size_t i = 0; i < size; ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
    return difference == 0;
}

} // namespace iam
