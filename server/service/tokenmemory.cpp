// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/tokenmemory.h"
#include "crypto/random.h"
#include <cstring>
#include <utility>

namespace iam::service {

namespace {

std::optional<crypto::HmacKey> makeKey(bool wanted)
{
    if (!wanted) return std::nullopt;
    auto key = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString(crypto::randomBytes(32)));
    return key ? std::optional(std::move(*key)) : std::nullopt;
}

} // namespace

TokenMemory::TokenMemory(std::size_t places)
    : m_places(places)
    , m_key(makeKey(places > 0))
{
}

std::optional<TokenMemory::Digest> TokenMemory::digestOf(std::string_view token) const
{
    if (!m_key) return std::nullopt;
    Digest digest{};
    std::memcpy(digest.data(), m_key->mac(token).data(), digest.size());
    return digest;
}

TokenMemory::Place& TokenMemory::placeOf(const Digest& digest) const
{
    std::vector<Place>& places = m_memory.mine();
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
