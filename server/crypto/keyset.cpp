// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keyset.h"
#include <algorithm>
#include <string_view>

namespace iam::crypto {

namespace {

constexpr std::string_view setHeader = "iam-keys 1\n";
constexpr std::string_view ringHeader = "iam-keyring 1\n";

// A ring's text without its header, line by line.
void appendRing(std::string& text, std::string_view kind, const std::optional<KeyRing>& ring)
{
    if (!ring) return;
    const SecretString file = ring->serialize();
    std::string_view rest = file.reveal();
    rest.remove_prefix(ringHeader.size());
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n') + 1;
        (text += kind) += rest.substr(0, end);
        rest.remove_prefix(end);
    }
}

bool addRing(std::optional<KeyRing>& ring, const std::optional<KeyRing>& other)
{
    if (!other) return false;
    if (ring) return ring->addMissing(*other);
    ring = other;
    return true;
}

Result<> readRing(std::optional<KeyRing>& ring, std::string lines)
{
    if (lines.empty()) return {};
    auto read = KeyRing::parse(SecretString(std::string(ringHeader) + std::move(lines)));
    if (!read) return fail(read);
    ring = std::move(*read);
    return {};
}

} // namespace

Result<KeySet> KeySet::parse(const SecretString& text)
{
    std::string_view rest = text.reveal();
    if (rest.size() > maxText) return fail(Code::Encrypt, "this is too large to be a set of keys");
    if (!rest.starts_with(setHeader)) return fail(Code::Encrypt, "this is not a set of keys: line 1 is not its header");
    rest.remove_prefix(setHeader.size());
    struct Kind {
        std::string_view name;
        std::string lines;
    };
    Kind kinds[] = {{"encryption ", {}}, {"cluster ", {}}, {"token ", {}}};
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) return fail(Code::Encrypt, "this set of keys ends within a line");
        const std::string_view line = rest.substr(0, end + 1);
        rest.remove_prefix(end + 1);
        const auto kind = std::find_if(std::begin(kinds), std::end(kinds),
                                       [&](const Kind& candidate) { return line.starts_with(candidate.name); });
        if (kind == std::end(kinds)) return fail(Code::Encrypt, "this set of keys has a line of an unknown kind");
        kind->lines += line.substr(kind->name.size());
    }
    KeySet set;
    if (auto read = readRing(set.encryption, std::move(kinds[0].lines)); !read) return fail(read);
    if (auto read = readRing(set.cluster, std::move(kinds[1].lines)); !read) return fail(read);
    if (!kinds[2].lines.empty()) {
        auto tokens = parseTokenKeys(SecretString(std::move(kinds[2].lines)));
        if (!tokens) return fail(tokens);
        set.token = std::move(*tokens);
    }
    return set;
}

SecretString KeySet::serialize() const
{
    std::string text(setHeader);
    appendRing(text, "encryption ", encryption);
    appendRing(text, "cluster ", cluster);
    for (const SecretString& key : token) text += "token " + key.reveal() + '\n';
    return SecretString(std::move(text));
}

bool KeySet::addMissing(const KeySet& other)
{
    const bool encryptionAdded = addRing(encryption, other.encryption);
    const bool clusterAdded = addRing(cluster, other.cluster);
    const bool tokenAdded = addMissingTokenKeys(token, other.token);
    return encryptionAdded || clusterAdded || tokenAdded;
}

bool KeySet::includes(const KeySet& other) const
{
    KeySet sum = *this;
    if (sum.addMissing(other)) return false;
    // Keys of one id but of different values are different keys.
    const auto same = [](const std::optional<KeyRing>& mine, const std::optional<KeyRing>& theirs) {
        return !theirs || std::all_of(theirs->ids().begin(), theirs->ids().end(), [&](const std::string& id) {
            return *mine->derive(id, "comparison") == *theirs->derive(id, "comparison");
        });
    };
    return same(encryption, other.encryption) && same(cluster, other.cluster);
}

} // namespace iam::crypto
