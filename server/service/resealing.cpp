// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/resealing.h"
#include "base/logging.h"
#include <algorithm>

namespace iam::service {

namespace {

constexpr std::size_t batchSize = 100; // the writer's turn is given back in between

} // namespace

Result<std::uint64_t> resealSecrets(store::SecretStore& secrets, const crypto::SealingKeys& keys)
{
    const auto ring = keys.ring();
    std::vector<store::Resealing> all;
    auto read = secrets.forEachKey(std::nullopt, [&](const store::SecretKeyEntry& entry) {
        if (crypto::KeyRing::keyIdOf(entry.sealedKey) != ring->sealingId())
            all.push_back({entry.secretId, entry.sealedKey, {}});
    });
    if (!read) return fail(read);
    std::uint64_t resealed = 0;
    std::size_t unreadable = 0;
    std::vector<store::Resealing> batch;
    for (std::size_t i = 0; i < all.size(); ++i) {
        store::Resealing& key = all[i];
        if (const auto plain = ring->open(key.before, key.secretId)) {
            auto sealed = ring->seal(*plain, key.secretId);
            if (!sealed) return fail(sealed);
            key.after = std::move(*sealed);
            batch.push_back(std::move(key));
        } else {
            ++unreadable;
        }
        if (batch.size() < batchSize && i + 1 < all.size()) continue;
        const auto done = secrets.reseal(batch);
        if (!done) return fail(done);
        resealed += *done;
        batch.clear();
    }
    if (unreadable > 0) qCWarning(lcAuth, "%zu secret keys cannot be opened and stay as they are", unreadable);
    return resealed;
}

} // namespace iam::service
