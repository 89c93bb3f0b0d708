// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/node.h"
#include <optional>
#include <utility>

namespace iam::authz {

namespace {

using Kind = Node::Kind;

NodePtr reducedSet(NodePtr node)
{
    if (node->charClass.isSingle() || node->charClass.isNegatedSingle()) {
        node->kind = node->charClass.isSingle() ? Kind::One : Kind::NotOne;
        node->rune = node->charClass.firstRune();
        node->charClass = CharClass();
    }
    return node;
}

NodePtr onlyChildOr(NodePtr node)
{
    if (node->children.empty()) return std::make_unique<Node>(Kind::Empty, node->ignoreCase);
    if (node->children.size() == 1) return std::move(node->children.front());
    return node;
}

NodePtr reducedConcatenation(NodePtr node)
{
    std::vector<NodePtr> kept;
    for (NodePtr& child : node->children) {
        if (child->kind == Kind::Concatenation) // reduced already, so it holds no concatenation and no empty piece
            std::move(child->children.begin(), child->children.end(), std::back_inserter(kept));
        else if (child->kind != Kind::Empty)
            kept.push_back(std::move(child));
    }
    node->children = std::move(kept);
    return onlyChildOr(std::move(node));
}

NodePtr reducedAlternation(NodePtr node)
{
    std::vector<NodePtr> flat;
    for (NodePtr& child : node->children) {
        if (child->kind == Kind::Alternation)
            std::move(child->children.begin(), child->children.end(), std::back_inserter(flat));
        else
            flat.push_back(std::move(child));
    }
    std::vector<NodePtr> kept;
    bool previousTakes = false; // the last one kept is a single rune or a set that may grow
    for (NodePtr& child : flat) {
        const bool isSet = child->kind == Kind::Set;
        if (!isSet && child->kind != Kind::One) {
            previousTakes = false;
            kept.push_back(std::move(child));
            continue;
        }
        const bool mergeable = !isSet || child->charClass.isMergeable();
        if (!previousTakes || !mergeable || kept.back()->ignoreCase != child->ignoreCase) {
            previousTakes = mergeable;
            kept.push_back(std::move(child));
            continue;
        }
        Node& previous = *kept.back();
        if (previous.kind == Kind::One) {
            previous.kind = Kind::Set;
            previous.charClass.addRune(previous.rune);
        }
        if (isSet)
            previous.charClass.add(child->charClass);
        else
            previous.charClass.addRune(child->rune);
    }
    node->children = std::move(kept);
    return onlyChildOr(std::move(node));
}

NodePtr reduced(NodePtr node)
{
    switch (node->kind) {
    case Kind::Set:
        return reducedSet(std::move(node));
    case Kind::Concatenation:
        return reducedConcatenation(std::move(node));
    case Kind::Alternation:
        return reducedAlternation(std::move(node));
    case Kind::Group:
        return node->children.empty() ? std::move(node) : std::move(node->children.front());
    default:
        return node;
    }
}

} // namespace

void addChild(Node& parent, NodePtr child)
{
    parent.children.push_back(reduced(std::move(child)));
}

} // namespace iam::authz
