// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/json.h"
#include <string>
#include <vector>

namespace iam::test {

/// An OpenAPI 3.1 document, looked at as far as ours goes: what it cannot check is a fault, not passed over.
class OpenApi {
public:
    struct Operation {
        std::string path;   ///< "/v1/users/{name}"
        std::string method; ///< "get"
        std::string id;
        const contract::Json* item = nullptr; ///< of the path
        const contract::Json* json = nullptr;
    };
    using Faults = std::vector<std::string>;

    explicit OpenApi(const std::string& text);

    [[nodiscard]] const contract::Json& root() const noexcept { return m_root; }
    [[nodiscard]] const std::vector<Operation>& operations() const noexcept { return m_operations; }
    [[nodiscard]] const Operation* find(const std::string& method, const std::string& path) const;
    /// What is wrong with the document itself: structure, references, names, examples that do not fit their schema,
    /// components that nobody uses.
    [[nodiscard]] Faults check() const;

    /// Follows "$ref"; null when it leads nowhere.
    [[nodiscard]] const contract::Json* resolve(const contract::Json* value) const;
    /// The value at "/components/schemas/User" and the like (RFC 6901), or null.
    [[nodiscard]] const contract::Json* at(const std::string& pointer) const;
    /// The media type object of an operation's answer, or null.
    [[nodiscard]] const contract::Json* content(const Operation& operation, const std::string& status,
                                                const std::string& type = "application/json") const;
    /// Where `value` does not fit the schema. A member that the schema does not name does not fit, unless the schema
    /// says additionalProperties.
    [[nodiscard]] Faults mismatches(const contract::Json& schema, const contract::Json& value,
                                    const std::string& where = "$") const;
    /// Where `value` has other members than `example`, as far as the schema names them; lists by their first items.
    [[nodiscard]] Faults differences(const contract::Json& schema, const contract::Json& example,
                                     const contract::Json& value, const std::string& where = "$") const;

private:
    void checkOperation(const Operation& operation, Faults& faults) const;
    void checkParameters(const Operation& operation, Faults& faults) const;
    void checkContent(const contract::Json* holder, const std::string& where, bool exampleWanted, Faults& faults) const;
    void checkSchema(const contract::Json& schema, const std::string& where, Faults& faults) const;
    void walk(const contract::Json& value, const std::string& where, std::vector<std::string>& references,
              Faults& faults) const;

    contract::Json m_root;
    std::vector<Operation> m_operations;
    std::string m_syntax; ///< empty: it is JSON
};

/// The text of a string member, or empty.
[[nodiscard]] std::string textIn(const contract::Json* object, const std::string& member);

} // namespace iam::test
