// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/listmodel.h"
#include "widgets/pagescaffold.h"

namespace iam::pages {

/// What a list page says in each state.
struct ListWords {
    QString loading;       ///< "Loading users…"
    QString emptyTitle;    ///< "No users yet"
    QString emptyAdvice;   ///< what to do next
    QString emptyAction;   ///< may be empty: no button
    QString nothingTitle;  ///< "No user fits"
    QString nothingAdvice; ///< what else to try
    QString failedTitle;   ///< "The users could not be loaded"
};

/// Keeps the scaffold's state in step with the model's from now on: rows behind a failed refresh stay, with a message;
/// without rows the failure takes their place. Search and Retry of the scaffold go to the model.
void bindListState(widgets::PageScaffold* page, models::ListModel* model, ListWords words);

} // namespace iam::pages
