// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace iam::probe {

/// Finds the status of an HTTP answer in its first bytes, however they are cut. Bounded; pure.
class AnswerHead {
public:
    /// The final status (RFC 9112 §4) once the head is whole, interim answers passed over; 0: this is no HTTP, or its
    /// head has no end. Empty: more bytes are needed.
    [[nodiscard]] std::optional<int> take(std::string_view bytes);

private:
    std::string m_head;
};

} // namespace iam::probe
