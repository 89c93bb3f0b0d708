// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include <string>

namespace iam::app {

enum class Ask { Once, Twice };

/// A passphrase: the first line of `file` when one is named, else IAM_CLUSTER_PASSPHRASE, else what somebody types on
/// the terminal, unseen; Twice: once more, to be sure. Error::detail is one clear sentence.
Result<SecretString> readPassphrase(const std::string& file, Ask ask);

/// The first line of a private file.
Result<SecretString> readFirstLine(const std::string& file);

/// What somebody types on the terminal, unseen; an empty line is an empty password. Without a terminal it is empty,
/// too: a database may ask for none.
Result<SecretString> askPassword(const std::string& question);

} // namespace iam::app
