// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/json.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace iam::test {

/// Who makes a call, and how that is shown.
struct CallActor {
    enum class Kind {
        Nobody,
        Token,    ///< `secret` is a token: of a log-in, or for decisions one signed with a secret
        Password, ///< `name` and `secret`
        Field,    ///< `secret` is the Authorization field as it stands
    };
    Kind kind = Kind::Nobody;
    std::string name = {};
    std::string secret = {};
};

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// One call, in the words of the case files.
struct ContractCall {
    std::string operation;
    CallActor actor;
    std::string name;                 ///< of the object
    std::optional<std::string> owner; ///< whose object; nothing: the caller's
    Parameters query;
    std::vector<std::string> names;  ///< of several objects
    std::vector<std::string> params; ///< what follows the name in the path
    std::string body;
    std::optional<std::string> ifMatch;
    Parameters headers;
    std::string target; ///< "GET /nope"
};

/// What came of it, as far as the client can tell.
struct ContractAnswer {
    int status = 0;
    std::optional<int> code = {};            ///< 0: an answer without one
    std::optional<std::string> message = {}; ///< of a body without code
    std::optional<contract::Json> body = {};
    std::string etag = {};
    std::string fault = {};  ///< what is wrong whatever was asked; or why the client cannot ask that
    Parameters headers = {}; ///< in lower case
};

/// A way to talk to one server.
class ContractClient {
public:
    virtual ~ContractClient() = default;
    /// "service", "http" or "console".
    [[nodiscard]] virtual std::string kind() const = 0;
    /// Blocks.
    virtual ContractAnswer perform(const ContractCall& call) = 0;
};

/// For a call that this client has no words for: the case file should say `only`.
[[nodiscard]] inline ContractAnswer cannotAsk(const ContractCall& call)
{
    ContractAnswer answer;
    answer.fault = "this client cannot do \"" + call.operation + "\" so; say only: in the step";
    return answer;
}

} // namespace iam::test
