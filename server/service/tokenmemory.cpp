// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/tokenmemory.h"
#include <cstring>

namespace iam::service {

TokenMemory::TokenMemory(std::size_t places)
    : m_places(places)
{
}

std::optional<TokenMemory::Digest> TokenMemory::digestOf(std::string_view token) const
{
    if (m_places == 0) return std::nullopt;
    return m_memory.mine().mac.of(token);
}

TokenMemory::Place& TokenMemory::placeOf(const Digest& digest) const
{
    std::vector<Place>& places = m_memory.mine().places;
    if (places.empty()) places.resize(m_places);
    std::uint64_t number = 0;
    std::memcpy(&number, digest.data(), sizeof number);
    return places[number % m_places];
}

const TokenMemory::Known* TokenMemory::find(const Digest& digest, std::uint64_t snapshot) const
{
    const Place& place = placeOf(digest);
    return place.known.snapshot == snapshot && place.digest == digest ? &place.known : nullptr;
}

void TokenMemory::keep(const Digest& digest, const Known& known) const
{
    Place& place = placeOf(digest);
    place.digest = digest;
    place.known = known;
}

} // namespace iam::service
