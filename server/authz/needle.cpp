// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/needle.h"
#include "base/text.h"
#include <algorithm>

namespace iam::authz {

Alphabet Needle::alphabet()
{
    if (!m_alphabet) {
        const bool ascii =
            std::all_of(m_text.begin(), m_text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        m_alphabet = ascii ? Alphabet::Ascii : Alphabet::Unicode;
    }
    return *m_alphabet;
}

std::string_view Needle::utf8()
{
    if (!m_isUtf8) {
        m_isUtf8 = alphabet() == Alphabet::Ascii || text::isUtf8(m_text);
        if (!*m_isUtf8) m_repaired = text::toUtf8(m_text);
    }
    return *m_isUtf8 ? m_text : std::string_view(m_repaired);
}

} // namespace iam::authz
