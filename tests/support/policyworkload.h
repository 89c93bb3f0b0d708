// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "contract/policy.h"
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace iam::support {

/// Many policies of one owner, and requests to ask of them; the same on every machine. Every policy has the subjects
/// `users:<peter|ken>`, `users:maria` and `groups:admins`, the actions `delete` and `<create|update>`, a network the
/// context's "remoteIP" must lie in, and one resource. Every request is allowed by exactly one policy.
class PolicyWorkload {
public:
    enum class Resources {
        Literals,  ///< all policies name one resource, but the one in the middle, `resources:articles:<.*>`
        Templates, ///< every policy has a template of its own
        Mixed,     ///< as Templates, but of each hundred one has no literal prefix and one has look-around
    };

    PolicyWorkload(std::size_t policies, Resources resources)
        : m_policies(policies)
        , m_resources(resources)
    {
    }

    [[nodiscard]] std::size_t size() const noexcept { return m_policies; }
    /// The one that requestsForTheMiddle() hit.
    [[nodiscard]] std::size_t middle() const noexcept { return m_policies / 2; }
    [[nodiscard]] std::string id(std::size_t policy) const { return "policy-" + std::to_string(policy); }

    [[nodiscard]] contract::PolicyDocument document(std::size_t policy) const
    {
        contract::PolicyDocument document;
        document.id = id(policy);
        document.description = "One of many policies.";
        document.subjects = {"users:<peter|ken>", "users:maria", "groups:admins"};
        document.actions = {"delete", "<create|update>"};
        document.effect = "allow";
        document.resources = {resourceOf(policy)};
        document.conditions.emplace("remoteIP", contract::CidrCondition{"192.168.0.0/16"});
        return document;
    }
    /// In evaluation order.
    [[nodiscard]] std::vector<contract::PolicyDocument> documents() const
    {
        std::vector<contract::PolicyDocument> all;
        all.reserve(m_policies);
        for (std::size_t i = 0; i < m_policies; ++i) all.push_back(document(i));
        return all;
    }

    /// A request that only that policy allows; those of different `number` differ, at least in the context.
    [[nodiscard]] contract::DecisionRequest requestFor(std::size_t policy, std::size_t number) const
    {
        static const std::string subjects[] = {"users:peter", "users:ken", "users:maria", "groups:admins"};
        static const std::string actions[] = {"delete", "create", "update"};
        contract::DecisionRequest request;
        request.subject = subjects[number % std::size(subjects)];
        request.action = actions[number / std::size(subjects) % std::size(actions)];
        if (policy == middle())
            request.resource = "resources:articles:ladon-introduction-" + std::to_string(number);
        else if (m_resources == Resources::Literals)
            request.resource = "resources:printers:" + std::to_string(policy);
        else
            request.resource = "resources:printers:" + std::to_string(policy) + ":tray-" + std::to_string(number);
        const std::size_t host = number / (std::size(subjects) * std::size(actions));
        request.context.set("remoteIP",
                            "192.168." + std::to_string(host / 256 % 256) + '.' + std::to_string(host % 256));
        return request;
    }
    /// `count` different requests that the policy in the middle allows, in random order.
    [[nodiscard]] std::vector<contract::DecisionRequest> requestsForTheMiddle(std::size_t count) const
    {
        std::vector<contract::DecisionRequest> made;
        made.reserve(count);
        for (std::size_t i = 0; i < count; ++i) made.push_back(requestFor(middle(), i));
        std::shuffle(made.begin(), made.end(), std::mt19937_64(20261122));
        return made;
    }
    /// `count` different requests, each allowed by a random policy.
    [[nodiscard]] std::vector<contract::DecisionRequest> requestsForAll(std::size_t count) const
    {
        std::mt19937_64 random(20261122);
        std::vector<contract::DecisionRequest> made;
        made.reserve(count);
        for (std::size_t i = 0; i < count; ++i) made.push_back(requestFor(random() % m_policies, i));
        std::shuffle(made.begin(), made.end(), random);
        return made;
    }

    /// As requestFor(), but close to that policy and allowed by none: action, subject, resource or address is wrong.
    [[nodiscard]] contract::DecisionRequest nearMiss(std::size_t policy, std::size_t number) const
    {
        contract::DecisionRequest request = requestFor(policy, number);
        switch (number / 4 % 4) {
        case 0:
            request.action = "read";
            break;
        case 1:
            request.subject = "users:pet";
            break;
        case 2:
            request.resource.insert(std::string("resources:").size(), "old-");
            break;
        default:
            request.context.set("remoteIP", "172.16" + request.context.find("remoteIP")->string()->substr(7));
            break;
        }
        return request;
    }

    struct Question {
        contract::DecisionRequest request;
        bool allowed; ///< the right answer
    };
    /// `count` different requests about random policies, in random order; three of four are allowed.
    [[nodiscard]] std::vector<Question> questions(std::size_t count) const
    {
        std::mt19937_64 random(20261122);
        std::vector<Question> made;
        made.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t policy = random() % m_policies;
            const bool allowed = i % 4 != 0;
            made.push_back({allowed ? requestFor(policy, i) : nearMiss(policy, i), allowed});
        }
        std::shuffle(made.begin(), made.end(), random);
        return made;
    }

private:
    [[nodiscard]] std::string resourceOf(std::size_t policy) const
    {
        const std::string number = std::to_string(policy);
        if (policy == middle()) return "resources:articles:<.*>";
        if (m_resources == Resources::Literals) return "resources:printers:" + number;
        if (m_resources == Resources::Mixed && policy % 100 == 33) return "<[a-z]+>:printers:" + number + ":<.*>";
        if (m_resources == Resources::Mixed && policy % 100 == 66)
            return "resources:printers:" + number + ":<(?!hidden).*>";
        return "resources:printers:" + number + ":<.*>";
    }

    std::size_t m_policies;
    Resources m_resources;
};

} // namespace iam::support
