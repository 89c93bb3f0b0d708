// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include <cstddef>
#include <string>
#include <vector>

namespace iam::crypto {

// Small files that hold a secret. A file that is not a regular file of ours with mode 0600 (or stricter), or is too
// large, is refused with a detail that names the path and the fault, never the content.

/// The whole file. Absent: Code::SecretNotFound. Anything else: Code::Encrypt.
Result<SecretString> readPrivateFile(const std::string& path, std::size_t maxBytes);
/// Makes the file with mode 0600: complete and on the disk, or not at all. An existing file stays as it is and is
/// Code::SecretAlreadyExist. No space or no permission: Code::StorageUnavailable.
Result<> createPrivateFile(const std::string& path, const SecretString& content);
/// The same, in the place of whatever has that name: readers see the old content or the new one, never a part.
Result<> replacePrivateFile(const std::string& path, const SecretString& content);

} // namespace iam::crypto
