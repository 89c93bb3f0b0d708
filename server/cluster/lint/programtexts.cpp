// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/ruletexts.h"

namespace iam::cluster {

void addProgramTexts(std::vector<RuleText>& texts)
{
    using enum Severity;
    texts.insert(
        texts.end(),
        {
            {"program-missing", Error,
             "{1} is not installed on this machine; its own test of these files was left out.",
             "It alone knows its whole grammar.", "Mistakes that only it can see are found when it starts.",
             "Install {1}, or say --no-programs to do without."},
            {"program-hangs", Error, "{1} -t did not end within {2}.",
             "It looks names up and opens files; one of these does not answer.",
             "The program would hang at its start as well.", "Look at the names and paths in its configuration."},
            {"config-missing", Error, "{1} is missing.", "keepalived -t takes a missing file for a good one.",
             "The program has nothing to do on this node.", "Render the node's files again, or write the file."},
            {"config-empty", Error, "{1} holds nothing.", "keepalived -t takes an empty file for a good one.",
             "The program has nothing to do on this node.", "Render the node's files again, or write the file."},
            {"config-unreadable", Error, "{1} was not looked at: it {2}.",
             "What cannot be read here as text was neither judged nor tested.",
             "The program may refuse it, or do something that nobody has looked at.",
             "Put a readable text file there, or run the check as root."},
            {"nginx-refuses", Error, "nginx -t: {1}.", "nginx refuses the whole configuration.",
             "A running nginx keeps its old configuration; one that starts does not come up, and the node is in FAULT.",
             "Correct it, and test with nginx -t before each reload."},
            {"nginx-warns", Warning, "nginx -t: {1}.", "nginx takes the file and does something else than it says.",
             "What the line was meant to do does not happen.", "Correct it."},
            {"nginx-not-tested", Note, "nginx -t could not go on here: {1}.",
             "That is a matter of this machine, not of the files.",
             "What stands behind it was not tested by nginx itself.", "Test again on the node."},
            {"keepalived-refuses", Error, "keepalived -t: {1}.",
             "keepalived reads the file otherwise than it is written.",
             "A running keepalived that is told to reload such a file may end, and leaves the address behind.",
             "Correct it, and test with keepalived -t before each reload (0 and 6 are good)."},
            {"keepalived-warns", Warning, "keepalived -t: {1}.",
             "keepalived takes the file and does something else than it says.",
             "What the line was meant to do does not happen.", "Correct it."},
            {"keepalived-not-tested", Note, "keepalived -t could not judge here: {1}.",
             "That is a matter of this machine, not of the files.", "Only what does not depend on it was tested.",
             "Test again on the node."},
        });
}

} // namespace iam::cluster
