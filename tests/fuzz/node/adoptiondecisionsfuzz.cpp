// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads arbitrary bytes as the file that decides on rows of an old database, and as texts of such rows.
#include "base/text.h"
#include "contract/validation.h"
#include "node/adoption/adoptiondecisions.h"
#include "node/adoption/adoptionrules.h"
#include <cstdint>
#include <cstdlib>

using namespace iam;
using namespace iam::node;

namespace {

AdoptionSurvey survey()
{
    AdoptionSurvey survey;
    survey.findings = {{"secret", 23, "duplicate-name", "s0 of alice", "m", {"rename", "drop"}, "rename s0-23"},
                       {"secret", 24, "duplicate-key", "s1 of alice", "m", {"new-id", "drop"}, "new-id"},
                       {"policy", 55, "owner", "p of ghost", "m", {"drop"}, ""}};
    survey.takenNames = {"secret/s0", "secret/s1"};
    return survey;
}

void readTexts(const std::string& text)
{
    // A name made up is one that can be stored; with what is escaped a text is one that the old tables can hold.
    const std::string fresh = freshName(text, 23);
    if (!isStorableName(fresh)) std::abort();
    static_cast<void>(bcryptCost(text));
    if (isReadableExtend(text) && text::isUtf8(text) && isBeyondThreeBytes(withinThreeBytes(text))) std::abort();
    const auto document = readDocument(text);
    if (!document && document.error().detail.empty()) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    readTexts(text);
    const auto decisions = AdoptionDecisions::read(parseConfig(text, "fuzz"));
    if (!decisions) {
        if (decisions.error().faults.empty()) std::abort();
        return 0;
    }
    const auto resolved = decisions->resolvedFor(survey(), true);
    if (!resolved) {
        if (resolved.error().faults.empty()) std::abort();
        return 0;
    }
    // Each finding has its decision, and what is renamed a name that may be.
    if (resolved->entries().size() != survey().findings.size()) std::abort();
    const auto renamed = resolved->choice("duplicate-name", "secret", 23);
    if (renamed.verb == "rename" && contract::checkName(renamed.value)) std::abort();
    return 0;
}
