// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/changestore.h"
#include "store/keystore.h"
#include "store/policystore.h"
#include "store/secretstore.h"
#include "store/sessionstore.h"
#include "store/upkeepstore.h"
#include "store/userstore.h"
#include <memory>

namespace iam::store {

/// All that a server keeps, in one engine. The references live as long as the Storage. Any thread; destroyed when no
/// call is running.
class Storage {
public:
    virtual ~Storage() = default;

    virtual UserStore& users() = 0;
    virtual SecretStore& secrets() = 0;
    virtual PolicyStore& policies() = 0;
    virtual ChangeStore& changes() = 0;
    virtual SessionStore& sessions() = 0;
    virtual KeyStore& keys() = 0;
    /// Null where there is nothing to keep up: in memory, or in tables that other software has, too.
    virtual UpkeepStore* upkeep() { return nullptr; }

    /// Whether reading works and, when the last write failed for want of room or the like, whether writing works
    /// again; else Code::StorageUnavailable with the reason. Blocks.
    virtual Result<> health() = 0;
};

} // namespace iam::store
