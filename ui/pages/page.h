// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/pagescaffold.h"

namespace iam::pages {

/// One page of the main window, which only navigates between them.
class Page : public widgets::PageScaffold {
    Q_OBJECT
public:
    using PageScaffold::PageScaffold;

    /// Somebody is logged in and the page came to the front: load what was not loaded yet.
    virtual void enter() = 0;
    /// The page is no longer in front: stop what only makes sense while it is seen.
    virtual void leave() {}
    /// Ask the server again (F5). What is selected and what is being typed stays.
    virtual void refresh() = 0;
    /// The user has logged out, or the server changed: forget everything shown.
    virtual void reset() = 0;
    /// Whether something typed would be lost by reset().
    [[nodiscard]] virtual bool hasUnsavedChanges() const { return false; }
};

} // namespace iam::pages
