// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/liststate.h"
#include "client/errortext.h"
#include "widgets/messagebar.h"
#include <QCoreApplication>

namespace iam::pages {

namespace {

// StatusDelegate reads a model's tones as its own.
static_assert(static_cast<int>(models::Tone::Success) == static_cast<int>(widgets::Tone::Success) &&
              static_cast<int>(models::Tone::Error) == static_cast<int>(widgets::Tone::Error));

void show(widgets::PageScaffold* page, const models::ListModel* model, const ListWords& words)
{
    using models::ListState;
    switch (model->state()) {
    case ListState::Idle:
    case ListState::Loading:
        return page->showLoading(words.loading);
    case ListState::Ready:
        return page->showContent();
    case ListState::Empty:
        return page->showEmpty(words.emptyTitle, words.emptyAdvice, words.emptyAction);
    case ListState::NothingFound:
        return page->showEmpty(words.nothingTitle, words.nothingAdvice);
    case ListState::Failed:
        break;
    }
    const client::ErrorText text = client::errorText(*model->error());
    if (model->rowCount() == 0) return page->showFailed(words.failedTitle, text.what + u'\n' + text.advice);
    page->showContent();
    page->messageBar()->showMessage(widgets::Tone::Error, text.what, text.advice,
                                    QCoreApplication::translate("ListState", "Retry"));
}

} // namespace

void bindListState(widgets::PageScaffold* page, models::ListModel* model, ListWords words)
{
    using widgets::PageScaffold;
    QObject::connect(model, &models::ListModel::stateChanged, page,
                     [page, model, words = std::move(words), failed = false](models::ListState state) mutable {
                         // The message of a failure leaves with it.
                         if (failed && state == models::ListState::Ready) page->messageBar()->clear();
                         failed = state == models::ListState::Failed;
                         show(page, model, words);
                     });
    QObject::connect(page, &PageScaffold::searchChanged, model, &models::ListModel::setSearch);
    QObject::connect(page, &PageScaffold::retryRequested, model, &models::ListModel::refresh);
    QObject::connect(page->messageBar(), &widgets::MessageBar::actionTriggered, model, [model] {
        if (model->state() == models::ListState::Failed) model->refresh();
    });
}

} // namespace iam::pages
