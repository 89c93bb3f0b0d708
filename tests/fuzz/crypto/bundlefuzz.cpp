// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads arbitrary bytes as a bundle, as the same bundle with a right digest, and as a set of keys.
#include "crypto/keybundle.h"
#include "crypto/keyedmac.h"
#include "crypto/keyset.h"
#include <cstdlib>

using namespace iam;
using namespace iam::crypto;

namespace {

std::string hexOf(std::string_view bytes)
{
    std::string text;
    for (const char byte : bytes) {
        text += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
        text += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
    }
    return text;
}

void tryBundle(std::string_view bundle)
{
    const auto opened = openBundle(bundle, SecretString("correct horse battery"));
    if (!opened && opened.error().detail.empty()) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    tryBundle(input);
    // Only cheap ones: the work that a bundle asks for is bounded, but not so low that it could be done often.
    const std::size_t cost = input.find("argon2id ");
    if (cost == std::string_view::npos || input.substr(cost + 9).starts_with("m=8,t=1,p=1 ")) {
        const std::string lines(input.substr(0, input.rfind("sha256 ")));
        tryBundle(lines + "sha256 " + hexOf(sha256(lines)) + '\n');
    }
    if (const auto set = KeySet::parse(SecretString(std::string(input)))) {
        const auto again = KeySet::parse(set->serialize());
        if (!again || !(again->serialize() == set->serialize())) std::abort();
    }
    return 0;
}
