// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenariorunner.h"
#include "crypto/base64.h"
#include "crypto/keyedmac.h"
#include "crypto/random.h"
#include "crypto/secrettoken.h"
#include <ctime>
#include <regex>

namespace iam::test {
namespace {

using contract::Json;

constexpr const char* userPassword = "Pass@2021";

std::string textOf(const Json& value)
{
    return value.string() != nullptr ? *value.string() : contract::writeJson(value);
}

/// The member at "a.b.0.c", or nullptr.
const Json* memberAt(const Json& root, const std::string& path)
{
    const Json* value = &root;
    for (std::size_t pos = 0; value != nullptr && pos <= path.size();) {
        const std::size_t end = std::min(path.find('.', pos), path.size());
        const std::string part = path.substr(pos, end - pos);
        pos = end + 1;
        if (const Json::Array* array = value->array()) {
            const bool index = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
            const std::size_t at = index ? std::stoul(part) : array->size();
            value = at < array->size() ? &(*array)[at] : nullptr;
        } else {
            value = value->find(part);
        }
    }
    return value;
}

std::string compareMember(const std::string& path, const Expectation& wanted, const Json* found)
{
    const std::string shown = found != nullptr ? contract::writeJson(*found) : "absent";
    switch (wanted.kind) {
    case Expectation::Kind::Absent:
        return found == nullptr ? "" : path + " must be absent and is " + shown;
    case Expectation::Kind::Present:
        return found != nullptr ? "" : path + " is absent";
    case Expectation::Kind::Like:
        if (found != nullptr && std::regex_match(textOf(*found), std::regex(textOf(wanted.value)))) return {};
        return path + " must be like " + textOf(wanted.value) + " and is " + shown;
    case Expectation::Kind::Equal:
        if (found != nullptr && shown == contract::writeJson(wanted.value)) return {};
        return path + " must be " + contract::writeJson(wanted.value) + " and is " + shown;
    }
    return {};
}

Parameters toParameters(const Json* value)
{
    Parameters parameters;
    if (value == nullptr || value->object() == nullptr) return parameters;
    for (const auto& [name, given] : *value->object()) {
        if (const Json::Array* several = given.array())
            for (const Json& one : *several) parameters.emplace_back(name, textOf(one));
        else
            parameters.emplace_back(name, given.isNull() ? std::string() : textOf(given));
    }
    return parameters;
}

std::vector<std::string> toTexts(const Json* value)
{
    std::vector<std::string> texts;
    if (value != nullptr && value->array() != nullptr)
        for (const Json& text : *value->array()) texts.push_back(textOf(text));
    return texts;
}

std::string toText(const Json* value)
{
    return value != nullptr ? textOf(*value) : std::string();
}

} // namespace

ScenarioRunner::ScenarioRunner(ContractClient& client, RunnerConfig config)
    : m_client(client)
    , m_config(std::move(config))
    , m_run(crypto::randomText(3, "abcdefghijklmnopqrstuvwxyz"))
{
}

std::string ScenarioRunner::play(const Scenario& scenario)
{
    std::string number = std::to_string(++m_number);
    number.insert(0, 3 - std::min<std::size_t>(3, number.size()), '0');
    m_variables = {{"tag", m_run + number}};
    m_tokens.clear();
    if (std::string fault = prepare(scenario); !fault.empty()) return scenario.where + ": preparing: " + fault;
    for (const Step& step : scenario.steps) {
        if (!step.only.empty() && !step.only.contains(m_client.kind())) continue;
        if (const std::string fault = playStep(scenario, step); !fault.empty())
            return step.where + ": " + step.operation + ": " + fault;
    }
    return {};
}

std::string ScenarioRunner::prepare(const Scenario& scenario)
{
    std::string fault;
    for (const std::string& user : scenario.users) {
        const std::string name = user + "." + textOf(m_variables["tag"]);
        m_variables[user] = name;
        const CallActor admin{CallActor::Kind::Token, m_config.adminName, tokenOf("admin", fault)};
        if (!fault.empty()) return fault;
        ContractCall call{"create user", admin, {}, {}, {}, {}, {}, {}, {}, {}, {}};
        contract::JsonObjectWriter(call.body)
            .json("metadata", Json::Object{{"name", name}})
            .text("nickname", user)
            .text("password", userPassword)
            .text("email", user + "@example.com")
            .text("phone", "1");
        const ContractAnswer made = m_client.perform(call);
        if (made.status != 200)
            return "user " + user + ": status " + std::to_string(made.status) + " " + made.fault +
                   (made.body ? contract::writeJson(*made.body) : "");
    }
    if (scenario.secretOwner.empty()) return {};
    ContractCall call{"create secret",
                      {CallActor::Kind::Token, {}, tokenOf(scenario.secretOwner, fault)},
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      {}};
    call.actor.name = textOf(m_variables[scenario.secretOwner]);
    call.body = R"({"metadata":{"name":"s"},"expires":0,"description":""})";
    const ContractAnswer made = fault.empty() ? m_client.perform(call) : ContractAnswer{};
    if (made.status != 200 || !made.body) return "the secret: " + fault + made.fault;
    m_variables["kid"] = *made.body->find("secretID");
    m_variables["key"] = *made.body->find("secretKey");
    return {};
}

const std::string& ScenarioRunner::tokenOf(const std::string& user, std::string& fault)
{
    const bool admin = user == "admin";
    std::string& token = admin ? m_adminToken : m_tokens[user];
    if (!token.empty()) return token;
    if (!admin && !m_variables.contains(user)) {
        fault = "there is no user " + user;
        return token;
    }
    ContractCall call{"log in", {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    contract::JsonObjectWriter(call.body)
        .text("username", admin ? m_config.adminName : textOf(m_variables[user]))
        .text("password", admin ? m_config.adminPassword : userPassword);
    const ContractAnswer answer = m_client.perform(call);
    if (answer.body) token = toText(answer.body->find("token"));
    if (token.empty()) fault = user + " cannot log in: status " + std::to_string(answer.status) + " " + answer.fault;
    return token;
}

/// A compact JWS (RFC 7515), signed with HMAC whatever its header says.
std::string ScenarioRunner::makeToken(const Json& description)
{
    const auto part = [&](const char* name) {
        const Json* given = description.find(name);
        if (given != nullptr && given->string() != nullptr) return *given->string(); // as it stands
        return crypto::toBase64Url(given != nullptr ? contract::writeJson(*given) : R"({"alg":"HS256","typ":"JWT"})");
    };
    const Json* key = description.find("key");
    const std::string algorithm = toText(memberAt(description, "header.alg"));
    const auto hash = algorithm == "HS512"   ? crypto::HmacAlgorithm::Sha512
                      : algorithm == "HS384" ? crypto::HmacAlgorithm::Sha384
                                             : crypto::HmacAlgorithm::Sha256;
    const auto mac = crypto::HmacKey::make(hash, SecretString(key != nullptr ? textOf(*key) : m_config.tokenKey));
    const std::string body = part("header") + "." + part("claims");
    return mac ? body + "." + crypto::toBase64Url(mac->mac(body)) : body + ".";
}

CallActor ScenarioRunner::makeActor(const std::string& fallback, const Json& arguments, std::string& fault)
{
    using enum CallActor::Kind;
    if (const Json* basic = arguments.find("basic")) {
        const std::string pair = textOf(*basic);
        const std::size_t colon = pair.find(':');
        return {Password, pair.substr(0, colon), pair.substr(std::min(pair.size(), colon + 1))};
    }
    if (const Json* token = arguments.find("bearer")) return {Token, {}, textOf(*token)};
    if (const Json* field = arguments.find("authorization")) return {Field, {}, textOf(*field)};
    if (const Json* token = arguments.find("token")) return {Token, {}, makeToken(*token)};
    const Json* as = arguments.find("as");
    const std::string who = as != nullptr ? textOf(*as) : fallback;
    if (who.empty() || who == "nobody") return {};
    if (who == "secret") {
        const std::vector<std::string> with = toTexts(arguments.find("with"));
        const std::string kid = with.size() == 2 ? with[0] : textOf(m_variables["kid"]);
        const std::string key = with.size() == 2 ? with[1] : textOf(m_variables["key"]);
        return {Token,
                {},
                crypto::issueSecretToken(kid, SecretString(key), "iam.authz.marmotedu.com", SystemClock().now(),
                                         std::chrono::seconds(60))
                    .value_or(std::string())};
    }
    const std::string& token = tokenOf(who, fault);
    return {Token, who == "admin" ? m_config.adminName : toText(&m_variables[who]), token};
}

ContractCall ScenarioRunner::makeCall(const Scenario& scenario, const Step& step, std::string& fault)
{
    ContractCall call;
    const Json arguments = resolve(step.arguments, fault);
    call.operation = step.operation;
    // Who logs in is nobody yet.
    call.actor = makeActor(step.operation == "log in" ? std::string() : scenario.actor, arguments, fault);
    call.name = toText(arguments.find("name"));
    if (const Json* owner = arguments.find("for")) call.owner = textOf(*owner);
    call.query = toParameters(arguments.find("query"));
    call.names = toTexts(arguments.find("names"));
    call.params = toTexts(arguments.find("params"));
    if (const Json* body = arguments.find("body")) call.body = contract::writeJson(*body);
    if (const Json* raw = arguments.find("raw")) call.body = textOf(*raw);
    if (const Json* tag = arguments.find("if-match")) call.ifMatch = textOf(*tag);
    call.headers = toParameters(arguments.find("headers"));
    call.target = toText(arguments.find("target"));
    return call;
}

std::string ScenarioRunner::playStep(const Scenario& scenario, const Step& step)
{
    std::string fault;
    const ContractCall call = makeCall(scenario, step, fault);
    if (!fault.empty()) return fault;
    const ContractAnswer answer = m_client.perform(call);
    fault = compare(step, answer);
    if (!fault.empty())
        return fault + "\n    answer: " + std::to_string(answer.status) + " " +
               (answer.code && *answer.code != 0 ? std::to_string(*answer.code) + " " : "") +
               (answer.body ? contract::writeJson(*answer.body) : "");
    for (const auto& [variable, path] : step.keep) {
        if (path == "etag") {
            m_variables[variable] = answer.etag;
            continue;
        }
        const Json* found = answer.body ? memberAt(*answer.body, path) : nullptr;
        if (found == nullptr) return "nothing to keep as " + variable;
        m_variables[variable] = *found;
    }
    return {};
}

std::string ScenarioRunner::compare(const Step& step, const ContractAnswer& answer)
{
    if (!answer.fault.empty()) return answer.fault;
    if (answer.status != step.status) return "status must be " + std::to_string(step.status);
    const bool coded = step.code || step.status == 200;
    if (answer.code && coded && *answer.code != step.code.value_or(0))
        return "code must be " + std::to_string(step.code.value_or(0));
    std::string fault;
    if (step.message && answer.message && *answer.message != resolveText(*step.message, fault))
        return "message must be " + *step.message + " and is " + *answer.message;
    if (!answer.body) return fault;
    if (step.whole) {
        const std::string wanted = contract::writeJson(resolve(*step.whole, fault));
        if (contract::writeJson(*answer.body) != wanted) return "must be " + wanted;
    }
    for (const auto& [path, expectation] : step.members) {
        Expectation wanted = expectation;
        // In a pattern a dollar is the end.
        if (wanted.kind == Expectation::Kind::Equal) wanted.value = resolve(wanted.value, fault);
        const bool header = path.starts_with("header:");
        if (header && m_client.kind() != "http") continue;
        Json field;
        const Json* found = header ? nullptr : memberAt(*answer.body, path);
        if (header)
            for (const auto& [name, value] : answer.headers)
                if (found == nullptr && "header:" + name == path) found = &(field = value);
        if (const std::string difference = compareMember(path, wanted, found); !difference.empty()) return difference;
    }
    return fault;
}

Json ScenarioRunner::resolve(const Json& value, std::string& fault) const
{
    if (const std::string* text = value.string()) {
        static const std::regex variable("\\$([a-z][A-Za-z0-9]*)");
        static const std::regex moment("\\$\\{([-+][0-9]+)\\}");
        std::smatch match;
        if (std::regex_match(*text, match, variable))
            if (const auto found = m_variables.find(match[1]); found != m_variables.end()) return found->second;
        if (std::regex_match(*text, match, moment)) return std::int64_t{std::time(nullptr) + std::stoll(match[1])};
        return resolveText(*text, fault);
    }
    if (const Json::Array* array = value.array()) {
        Json::Array out;
        for (const Json& item : *array) out.push_back(resolve(item, fault));
        return out;
    }
    if (const Json::Object* object = value.object()) {
        Json::Object out;
        for (const auto& [name, member] : *object) out.emplace_back(name, resolve(member, fault));
        return out;
    }
    return value;
}

std::string ScenarioRunner::resolveText(const std::string& text, std::string& fault) const
{
    static const std::regex pattern("\\$(?:([a-z][A-Za-z0-9]*)|\\{([0-9]+)\\*([^}]*)\\}|\\{([-+][0-9]+)\\})");
    std::string out;
    auto from = text.cbegin();
    for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) {
        const std::smatch& match = *it;
        out.append(from, match[0].first);
        from = match[0].second;
        if (match[1].matched) {
            const auto found = m_variables.find(match[1]);
            if (found == m_variables.end())
                fault = "there is no variable $" + match[1].str();
            else
                out += textOf(found->second);
        } else if (match[2].matched) {
            for (long n = std::stol(match[2]); n > 0; --n) out += match[3].str();
        } else {
            out += std::to_string(std::time(nullptr) + std::stoll(match[4]));
        }
    }
    return out.append(from, text.cend());
}

} // namespace iam::test
