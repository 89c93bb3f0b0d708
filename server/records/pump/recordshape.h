// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include "crypto/keyedmac.h"
#include "records/sinks/sink.h"
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace iam::records {

/// What of a record goes to one sink: which records, in what detail, with what made unreadable. Const, any thread.
class RecordShape {
public:
    /// `maskKey` makes the hashes; without one they cannot be asked for. Code::Validation names what cannot be masked.
    static Result<RecordShape> make(const SinkConfig& config, std::shared_ptr<const crypto::HmacKey> maskKey);

    /// Whether records go as they are.
    [[nodiscard]] bool changesNothing() const noexcept { return !m_omitDetails && m_masked.empty(); }
    /// Whether all records go.
    [[nodiscard]] bool wantsAll() const noexcept { return m_only.empty() && m_skipped.empty(); }
    [[nodiscard]] bool wants(const contract::DecisionRecord& record) const;
    /// A context that cannot be read is masked whole when a member of it is to be.
    void apply(contract::DecisionRecord& record) const;

private:
    enum class Field { Owner, Subject, Resource, RequestId, Context, ContextMember };
    struct Masked {
        Field field;
        std::string member;
    };
    RecordShape() = default;
    [[nodiscard]] std::string mask(std::string_view text) const;
    void maskMember(std::string& context, const std::string& member) const;

    std::unordered_set<std::string> m_only;
    std::unordered_set<std::string> m_skipped;
    bool m_omitDetails = false;
    std::vector<Masked> m_masked;
    std::shared_ptr<const crypto::HmacKey> m_key; ///< null: stars
};

} // namespace iam::records
