// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "crypto/envelope.h"
#include "store/secretstore.h"

namespace iam::service {

/// Seals every stored key of a secret anew that is not sealed with the key that seals now, in batches; what was changed
/// meanwhile is passed over, so several nodes may do it at once. A key that cannot be opened stays as it is. Blocks.
/// Returns how many were sealed anew.
Result<std::uint64_t> resealSecrets(store::SecretStore& secrets, const crypto::SealingKeys& keys);

} // namespace iam::service
