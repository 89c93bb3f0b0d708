// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/lint.h"
#include <cstdlib>

/// Everything that reads a keepalived configuration: the parser, the model, all rules.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace iam::cluster;
    const std::string text(reinterpret_cast<const char*>(data), size);
    LintInput input;
    for (const char* name : {"n1", "n2"}) {
        NodeFiles node;
        node.node = name;
        node.files["/etc/keepalived/keepalived.conf"] = {text, {}, {}, {}, {}};
        node.files["/etc/keepalived/check.sh"] = {text, {}, {}, {}, {}};
        input.nodes.push_back(std::move(node));
    }
    for (const Finding& one : lint(input))
        if (one.line < 0 || one.message.empty() || ruleText(one.rule) == nullptr) std::abort();
    return 0;
}
