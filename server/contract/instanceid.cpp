// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/metadata.h"
#include <cmath>

namespace iam::contract {
namespace {

constexpr std::string_view salt = "x20k5x";
constexpr std::size_t minLength = 6;

/// The keyed shuffle of the hashids algorithm.
void shuffle(std::string& text, std::string_view key)
{
    if (key.empty()) return;
    for (std::size_t i = text.size() - 1, v = 0, p = 0; i > 0; --i, ++v) {
        v %= key.size();
        const auto number = static_cast<unsigned char>(key[v]);
        p += number;
        std::swap(text[i], text[(number + v + p) % i]);
    }
}

/// The alphabet of plain characters, and the two sets that the algorithm takes out of it.
struct Alphabets {
    std::string alphabet = "abdegjklmnopqrvwxyz1234567890";
    std::string separators = "cfhistu";
    std::string guards;

    Alphabets()
    {
        shuffle(separators, salt);
        const auto wanted = static_cast<std::size_t>(std::ceil(double(alphabet.size()) / 3.5));
        if (wanted > separators.size()) {
            const std::size_t missing = wanted - separators.size();
            separators += alphabet.substr(0, missing);
            alphabet.erase(0, missing);
        }
        shuffle(alphabet, salt);
        const auto guardCount = static_cast<std::size_t>(std::ceil(double(alphabet.size()) / 12));
        guards = alphabet.substr(0, guardCount);
        alphabet.erase(0, guardCount);
    }
};

} // namespace

std::string makeInstanceId(std::string_view prefix, std::uint64_t id)
{
    static const Alphabets initial;
    std::string alphabet = initial.alphabet;
    const std::string& guards = initial.guards;

    const std::uint64_t hash = id % 100;
    const char lottery = alphabet[hash % alphabet.size()];
    shuffle(alphabet, (lottery + std::string(salt) + alphabet).substr(0, alphabet.size()));
    std::string digits;
    for (std::uint64_t rest = id;; rest /= alphabet.size()) {
        digits.insert(digits.begin(), alphabet[rest % alphabet.size()]);
        if (rest < alphabet.size()) break;
    }
    std::string out = lottery + digits;
    const auto guard = [&](char c) { return guards[(hash + static_cast<unsigned char>(c)) % guards.size()]; };
    if (out.size() < minLength) out.insert(out.begin(), guard(out[0]));
    if (out.size() < minLength) out.push_back(guard(out[2]));
    const std::size_t half = alphabet.size() / 2;
    while (out.size() < minLength) {
        shuffle(alphabet, std::string(alphabet));
        out = alphabet.substr(half) + out + alphabet.substr(0, half);
        if (out.size() > minLength) out = out.substr((out.size() - minLength) / 2, minLength);
    }
    return std::string(prefix) + std::string(out.rbegin(), out.rend());
}

} // namespace iam::contract
