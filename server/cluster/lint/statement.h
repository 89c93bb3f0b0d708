// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// One directive of nginx or one keyword of keepalived, with what belongs to it.
struct Statement {
    std::string name;
    std::vector<std::string> arguments; ///< without quotes and escapes
    std::string file;                   ///< path on the node
    int line = 0;                       ///< from 1, of the name
    bool isBlock = false;               ///< has { }, perhaps empty
    std::vector<Statement> children;

    /// The last child of that name (the one that counts where one overrides the other), or null.
    [[nodiscard]] const Statement* child(std::string_view childName) const noexcept;
    [[nodiscard]] std::vector<const Statement*> all(std::string_view childName) const;
    /// The first argument; empty when there is none.
    [[nodiscard]] std::string value() const;
};

/// A line that cannot be understood.
struct SyntaxFault {
    std::string file;
    int line = 0;
    std::string message;
};

struct ParsedText {
    std::vector<Statement> statements;
    std::vector<SyntaxFault> faults; ///< what stands before the first one is in `statements`
};

/// What one text may be at most; more is a fault.
inline constexpr std::size_t maxTextSize = 1024 * 1024;
inline constexpr int maxBlockDepth = 16;
inline constexpr std::size_t maxStatements = 20'000; ///< of one text, and of one node's included ones

} // namespace iam::cluster
