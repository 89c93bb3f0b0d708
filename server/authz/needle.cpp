// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/needle.h"
#include "base/text.h"
#include <algorithm>

namespace iam::authz {

namespace {

constexpr std::int64_t glancedBytesPerStep = 16;
constexpr std::int64_t checkedBytesPerStep = 2;

} // namespace

bool Needle::isAscii(Effort& effort)
{
    if (!m_isAscii) {
        effort.spend(static_cast<std::int64_t>(m_text.size()) / glancedBytesPerStep);
        m_isAscii =
            std::all_of(m_text.begin(), m_text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    }
    return *m_isAscii;
}

bool Needle::isUtf8(Effort& effort)
{
    if (isAscii(effort)) return true;
    if (!m_isUtf8) {
        effort.spend(static_cast<std::int64_t>(m_text.size()) / checkedBytesPerStep);
        m_isUtf8 = text::isUtf8(m_text);
    }
    return *m_isUtf8;
}

} // namespace iam::authz
