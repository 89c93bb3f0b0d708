// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/validation.h"
#include "base/text.h"
#include <QChar>
#include <re2/re2.h>

namespace iam::contract {
namespace {

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 1123 labels in lower case, joined by dots.
bool isSubdomain(std::string_view text)
{
    static const re2::RE2 pattern("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
    return text.size() <= 253 && re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

/// An address as RFC 5322 has it (dot-atom or quoted string, dotted domain), with the letters of other scripts.
const re2::RE2& emailPattern()
{
    static const std::string other = "\\x{00A0}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFEF}";
    static const std::string atom = "[a-zA-Z0-9!#$%&'*+\\-/=?^_`{|}~" + other + "]+";
    static const std::string fold = "(?:[\\x20\\x09]*\\x0d\\x0a)?[\\x20\\x09]+";
    static const std::string quoted = "\\x22(?:(?:" + fold +
                                      ")?(?:[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\x21\\x23-\\x5b\\x5d-\\x7e" + other +
                                      "]|\\\\[\\x01-\\x09\\x0b\\x0c\\x0d-\\x7f" + other + "]))*(?:" + fold + ")?\\x22";
    static const std::string letter = "[a-zA-Z" + other + "]";
    static const std::string letterOrDigit = "[a-zA-Z0-9" + other + "]";
    static const std::string inner = "[a-zA-Z0-9\\-.~_" + other + "]*";
    static const std::string label = "(?:" + letterOrDigit + "|" + letterOrDigit + inner + letterOrDigit + ")";
    static const std::string top = "(?:" + letter + "|" + letter + inner + letter + ")";
    static const re2::RE2 pattern("(?:" + atom + "(?:\\." + atom + ")*|" + quoted + ")@(?:" + label + "\\.)+" + top +
                                  "\\.?");
    return pattern;
}

void addFault(std::vector<FieldFault>& faults, const char* field, Complaint complaint)
{
    if (complaint) faults.push_back({field, std::move(*complaint)});
}

} // namespace

Complaint checkName(const std::string& name)
{
    std::string_view base = name;
    if (name.empty()) return "must not be empty";
    if (const auto slash = name.find('/'); slash != std::string::npos) {
        if (!isSubdomain(std::string_view(name).substr(0, slash)))
            return "must have a lower-case domain before the slash";
        base.remove_prefix(slash + 1);
    }
    if (base.empty()) return "must not be empty";
    if (name.size() > maxNameLength) return "must be at most 45 characters long";
    if (!isAlphanumeric(base.front()) || !isAlphanumeric(base.back()))
        return "must begin and end with a letter or digit";
    for (const char c : base)
        if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.')
            return "may hold only letters, digits, hyphens, underscores and dots";
    return std::nullopt;
}

Complaint checkPassword(const std::string& password)
{
    int count = 0;
    bool lower = false, upper = false, number = false, symbol = false;
    for (std::size_t pos = 0; pos < password.size();) {
        const char32_t c = text::nextCodePoint(password, pos);
        if (QChar::isNumber(c))
            number = true;
        else if (QChar::isUpper(c))
            upper = true;
        else if (QChar::isLower(c))
            lower = true;
        else if (QChar::isPunct(c) || QChar::isSymbol(c))
            symbol = true;
        else if (c != U' ')
            continue;
        ++count;
    }
    if (count < 8 || count > 16) return "must be 8 to 16 characters long";
    if (!lower) return "must hold a lower-case letter";
    if (!upper) return "must hold an upper-case letter";
    if (!number) return "must hold a digit";
    if (!symbol) return "must hold a punctuation character or symbol";
    return std::nullopt;
}

Complaint checkNickname(const std::string& nickname)
{
    if (nickname.empty()) return "must not be empty";
    if (text::length(nickname) > 30) return "must be at most 30 characters long";
    return std::nullopt;
}

Complaint checkEmail(const std::string& email)
{
    if (email.empty()) return "must not be empty";
    if (text::length(email) > 100) return "must be at most 100 characters long";
    if (!re2::RE2::FullMatch(email, emailPattern())) return "must be a mail address";
    return std::nullopt;
}

Complaint checkPhone(const std::string& phone)
{
    if (text::length(phone) > 20) return "must be at most 20 characters long";
    return std::nullopt;
}

Complaint checkDescription(const std::string& description)
{
    if (description.size() > 255) return "must be at most 255 bytes long";
    return std::nullopt;
}

Complaint checkExpires(std::int64_t expires)
{
    if (expires < 0 || expires > 4294967295) return "must be a Unix time from 0 to 4294967295";
    return std::nullopt;
}

Complaint checkOverlap(std::int64_t overlap)
{
    if (overlap < 0 || overlap > maxRotationOverlap) return "must be a number of seconds from 0 to 7776000 (90 days)";
    return std::nullopt;
}

std::vector<FieldFault> validateUser(const User& user, bool withPassword)
{
    std::vector<FieldFault> faults;
    addFault(faults, "metadata.name", checkName(user.metadata.name));
    addFault(faults, "nickname", checkNickname(user.nickname));
    if (withPassword) addFault(faults, "password", checkPassword(user.password.reveal()));
    addFault(faults, "email", checkEmail(user.email));
    addFault(faults, "phone", checkPhone(user.phone));
    return faults;
}

std::vector<FieldFault> validateSecret(const Secret& secret)
{
    std::vector<FieldFault> faults;
    addFault(faults, "metadata.name", checkName(secret.metadata.name));
    addFault(faults, "expires", checkExpires(secret.expires));
    addFault(faults, "description", checkDescription(secret.description));
    return faults;
}

} // namespace iam::contract
