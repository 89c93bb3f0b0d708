// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secretstore.h"

namespace iam::store {

Result<> putIn(StoredSecret& secret, const SealedKey& key, std::optional<std::int64_t> previousExpires, TimePoint now)
{
    std::optional<contract::PreviousKey>& previous = secret.secret.previous;
    if (previous && !previous->endedAt(now)) {
        const std::string sentence = "the key " + previous->secretId + " is still valid beside the present one until " +
                                     std::to_string(previous->expires) + ": end it first";
        return fail(Code::Validation, sentence, {{"previous", sentence}});
    }
    previous.reset();
    if (previousExpires)
        previous = {std::move(secret.secret.secretId), *previousExpires, std::move(secret.secret.lastUse)};
    secret.previousSealedKey = previousExpires ? std::move(secret.sealedKey) : std::string();
    secret.secret.secretId = key.secretId;
    secret.sealedKey = key.sealedKey;
    secret.secret.lastUse = {};
    return {};
}

} // namespace iam::store
