// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/storage.h"

namespace iam::store {

/// Keeps everything in memory, under one lock; nothing survives. For tests and for trying things out.
[[nodiscard]] std::unique_ptr<Storage> makeMemoryStorage();

} // namespace iam::store
