// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/keepalivedmodel.h"
#include "base/configvalue.h"
#include "cluster/definition/ipv4.h"
#include "cluster/lint/keepalivedparser.h"
#include "cluster/lint/values.h"
#include <algorithm>

namespace iam::cluster {
namespace {

std::optional<long> numberOf(const Statement* statement)
{
    if (statement == nullptr) return std::nullopt;
    return parseInteger(statement->value());
}

TrackedThing trackedThing(const Statement& at)
{
    TrackedThing thing;
    thing.at = &at;
    thing.name = at.value();
    thing.weight = static_cast<int>(numberOf(at.child("weight")).value_or(0));
    thing.commandAt = at.child("script");
    if (thing.commandAt != nullptr) {
        for (const std::string& word : thing.commandAt->arguments)
            thing.command += (thing.command.empty() ? "" : " ") + word;
    }
    return thing;
}

/// Entries of a block, which may stand one a line or all on one.
std::vector<const Statement*> entriesOf(const Statement& at, std::string_view block)
{
    std::vector<const Statement*> entries;
    for (const Statement* one : at.all(block))
        for (const Statement& entry : one->children) entries.push_back(&entry);
    return entries;
}

void readAddresses(const Statement& at, VrrpInstance& instance)
{
    for (const Statement* entry : entriesOf(at, "virtual_ipaddress")) {
        VirtualAddress address;
        address.at = entry;
        const std::size_t slash = entry->name.find('/');
        address.address = entry->name.substr(0, slash);
        if (slash != std::string::npos) {
            if (const auto prefix = parseInteger(entry->name.substr(slash + 1)))
                address.prefix = static_cast<int>(*prefix);
        }
        instance.addresses.push_back(std::move(address));
    }
}

void readAuthentication(const Statement& at, VrrpInstance& instance)
{
    instance.authAt = at.child("authentication");
    if (instance.authAt == nullptr) return;
    if (const Statement* type = instance.authAt->child("auth_type")) instance.authType = type->value();
    if (const Statement* pass = instance.authAt->child("auth_pass")) instance.authPass = pass->value();
}

} // namespace

const Statement& VrrpInstance::statement(std::string_view childName) const
{
    const Statement* found = at->child(childName);
    return found == nullptr ? *at : *found;
}

KeepalivedModel::KeepalivedModel(const NodeFiles& node)
    : text(parseKeepalivedFiles(node, keepalivedPath))
{
    const long globalVersion = numberOf(global("vrrp_version")).value_or(2);
    for (const Statement& at : text.statements) {
        if (at.name == "vrrp_script") scripts.push_back(trackedThing(at));
        if (at.name == "vrrp_track_file" || at.name == "track_file") files.push_back(trackedThing(at));
        if (at.name != "vrrp_instance") continue;
        VrrpInstance instance;
        instance.at = &at;
        instance.name = at.value();
        if (const Statement* state = at.child("state")) instance.state = state->value();
        if (const Statement* interface = at.child("interface")) instance.interface = interface->value();
        instance.routerId = numberOf(at.child("virtual_router_id"));
        instance.priority = numberOf(at.child("priority"));
        if (const Statement* advert = at.child("advert_int"))
            instance.advert = decimalSeconds(advert->value()).value_or(instance.advert);
        instance.version = static_cast<int>(numberOf(at.child("version")).value_or(globalVersion));
        instance.nopreempt = at.child("nopreempt") != nullptr;
        if (const Statement* source = at.child("unicast_src_ip")) instance.unicastSource = source->value();
        for (const Statement* peer : entriesOf(at, "unicast_peer")) {
            instance.peers.push_back(peer->name);
            for (const std::string& word : peer->arguments)
                if (parseIpv4(word)) instance.peers.push_back(word);
        }
        readAuthentication(at, instance);
        readAddresses(at, instance);
        instance.scripts = entriesOf(at, "track_script");
        instance.files = entriesOf(at, "track_file");
        instance.processes = entriesOf(at, "track_process");
        instances.push_back(std::move(instance));
    }
}

const Statement* KeepalivedModel::firstGlobals() const
{
    const auto found = std::find_if(text.statements.begin(), text.statements.end(),
                                    [](const Statement& one) { return one.name == "global_defs"; });
    return found == text.statements.end() ? nullptr : &*found;
}

const Statement* KeepalivedModel::global(std::string_view name) const
{
    const Statement* found = nullptr;
    for (const Statement& one : text.statements) {
        if (one.name != "global_defs") continue;
        if (const Statement* inside = one.child(name)) found = inside;
    }
    return found;
}

const TrackedThing* KeepalivedModel::script(const std::string& name) const
{
    const auto found = std::find_if(scripts.begin(), scripts.end(), [&](const auto& one) { return one.name == name; });
    return found == scripts.end() ? nullptr : &*found;
}

const TrackedThing* KeepalivedModel::trackFile(const std::string& name) const
{
    const auto found = std::find_if(files.begin(), files.end(), [&](const auto& one) { return one.name == name; });
    return found == files.end() ? nullptr : &*found;
}

int weightOf(const Statement& entry, const TrackedThing* thing)
{
    for (std::size_t i = 0; i + 1 < entry.arguments.size(); ++i)
        if (entry.arguments[i] == "weight") return static_cast<int>(parseInteger(entry.arguments[i + 1]).value_or(0));
    return thing == nullptr ? 0 : thing->weight;
}

} // namespace iam::cluster
