// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "contract/listquery.h"
#include "contract/secret.h"

namespace iam::client {

// What the clients of the resources share.

/// A body that does not decode is no answer of an IAM server, whatever the decoder thinks of it.
template <class T>
Result<T> decoded(Result<T> result)
{
    if (!result) return fail(Code::AnswerInvalid, result.error().detail);
    return result;
}

/// For calls whose answer is `null`.
inline Result<void> ignoreBody(const ApiAnswer&)
{
    return {};
}

using Query = std::vector<std::pair<std::string, std::string>>;

/// offset, limit and fieldSelector as servers read them.
[[nodiscard]] Query listParameters(const contract::ListQuery& query);
/// `username=…` when an owner is named.
void addOwner(Query& parameters, const std::optional<std::string>& owner);

/// Runs `remove(key, done)` for each key, one after the other; stops early only when the client was closed.
template <class Key, class Remove>
Reply<Removal<Key>> removeEach(std::vector<Key> keys, Remove remove)
{
    struct Run : std::enable_shared_from_this<Run> {
        std::vector<Key> keys;
        std::size_t next = 0;
        Removal<Key> outcome;
        QPromise<Result<Removal<Key>>> promise;
        Remove remove;
        explicit Run(Remove function)
            : remove(std::move(function))
        {
        }

        void step()
        {
            if (next == keys.size()) {
                promise.addResult(Result<Removal<Key>>(std::move(outcome)));
                promise.finish();
                return;
            }
            remove(keys[next], [self = this->shared_from_this()](Result<ApiAnswer> answer) {
                Key key = std::move(self->keys[self->next++]);
                if (answer)
                    self->outcome.removed.push_back(std::move(key));
                else if (answer.error().code == Code::Cancelled)
                    return self->cancel(answer.error());
                else
                    self->outcome.failed.emplace_back(std::move(key), answer.error());
                self->step();
            });
        }
        void cancel(const Error& error)
        {
            promise.addResult(Result<Removal<Key>>(tl::unexpected(error)));
            promise.finish();
        }
    };
    auto run = std::make_shared<Run>(std::move(remove));
    run->keys = std::move(keys);
    run->promise.start();
    auto future = run->promise.future();
    run->step();
    return future;
}

} // namespace iam::client
