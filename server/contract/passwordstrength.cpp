// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/passwordstrength.h"
#include "base/secret.h"
#include <algorithm>
extern "C" {
#include <zxcvbn.h>
}

namespace iam::contract {

int passwordStrength(const std::string& password, const std::vector<std::string>& known)
{
    constexpr std::size_t mostEstimated = 64;
    std::string text = password.substr(0, mostEstimated);
    std::vector<const char*> words;
    for (const std::string& word : known)
        if (!word.empty()) words.push_back(word.c_str());
    words.push_back(nullptr);
    const double bits = ZxcvbnMatch(text.c_str(), words.data(), nullptr);
    wipe(text.data(), text.size());
    // zxcvbn's own steps: 10^3, 10^6, 10^8 and 10^10 guesses.
    constexpr double steps[] = {9.97, 19.93, 26.58, 33.22};
    return static_cast<int>(
        std::count_if(std::begin(steps), std::end(steps), [bits](double step) { return bits >= step; }));
}

} // namespace iam::contract
