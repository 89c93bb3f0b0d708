// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/rendering.h"
#include <algorithm>

namespace iam::cluster {

using std::chrono::milliseconds;

Rendering::Rendering(const ClusterDefinition& definition, std::string machine, const RenderInputs& inputs)
    : m_definition(definition)
    , m_machine(std::move(machine))
    , m_inputs(inputs)
{
}

bool Rendering::isTutorial() const noexcept
{
    return m_definition.profile == ClusterDefinition::Profile::Tutorial;
}

bool Rendering::isCloud() const noexcept
{
    return m_definition.vip.kind == VipDefinition::Kind::Cloud;
}

const BackendDefinition* Rendering::backend() const noexcept
{
    const auto& backends = m_definition.backends;
    const auto found = std::find_if(backends.begin(), backends.end(),
                                    [&](const BackendDefinition& backend) { return backend.name == m_machine; });
    return found == backends.end() ? nullptr : &*found;
}

const std::string& Rendering::address() const noexcept
{
    return node() != nullptr ? node()->address : backend()->address;
}

std::vector<std::string> Rendering::nodeAddresses() const
{
    std::vector<std::string> addresses;
    for (const NodeDefinition& node : m_definition.nodes) addresses.push_back(node.address);
    return addresses;
}

std::vector<std::string> Rendering::peerAddresses() const
{
    std::vector<std::string> addresses;
    for (const NodeDefinition& node : m_definition.nodes)
        if (node.name != m_machine) addresses.push_back(node.address);
    return addresses;
}

std::vector<std::string> Rendering::backendAddresses() const
{
    std::vector<std::string> addresses;
    for (const BackendDefinition& backend : m_definition.backends) addresses.push_back(backend.address);
    return addresses;
}

std::vector<std::string> Rendering::machineAddresses() const
{
    std::vector<std::string> addresses = nodeAddresses();
    for (const BackendDefinition& backend : m_definition.backends)
        if (m_definition.node(backend.name) == nullptr) addresses.push_back(backend.address);
    return addresses;
}

TemplateValues Rendering::values() const
{
    const PortsDefinition& ports = m_definition.ports;
    const TimeoutsDefinition& timeouts = m_definition.timeouts;
    return {
        {"MACHINE", m_machine},
        {"ADDRESS", address()},
        {"INTERFACE", node() != nullptr ? node()->interface : std::string()},
        {"VIP", m_definition.vip.address},
        {"PREFIX", std::to_string(m_definition.vip.prefix)},
        {"API_DOMAIN", m_definition.apiDomain},
        {"AUTHZ_DOMAIN", m_definition.authzDomain},
        {"HTTP", std::to_string(ports.http)},
        {"HTTPS", std::to_string(ports.https)},
        {"API", std::to_string(ports.api)},
        {"AUTHZ", std::to_string(ports.authz)},
        {"AGENT", std::to_string(ports.agent)},
        {"STATUS", std::to_string(ports.status)},
        {"CONNECT", nginxTime(timeouts.connect)},
        {"DECISION_READ", nginxTime(timeouts.decisionRead)},
        {"API_READ", nginxTime(timeouts.apiRead)},
        {"STREAM_READ", nginxTime(timeouts.streamRead)},
    };
}

std::string Rendering::origin(std::string_view comment) const
{
    const std::string start(comment);
    return start + " Made for " + m_machine + " from " + m_inputs.definitionName + " (profile " +
           (isTutorial() ? "tutorial" : "recommended") + ") by: iam-server cluster render\n" + start +
           " Changes belong into that definition: the next rendering replaces this file.\n";
}

void Rendering::add(std::string path, std::string_view text, const TemplateValues& values, unsigned mode,
                    std::string_view comment)
{
    std::string content = fillTemplate(text, values);
    const std::size_t start = content.starts_with("#!") ? content.find('\n') + 1 : 0;
    content.insert(start, origin(comment));
    m_files.push_back({std::move(path), std::move(content), mode, "root", "root"});
}

std::vector<RenderedFile> Rendering::take()
{
    std::sort(m_files.begin(), m_files.end(),
              [](const RenderedFile& a, const RenderedFile& b) { return a.path < b.path; });
    return std::move(m_files);
}

std::string joined(const std::vector<std::string>& words, std::string_view between)
{
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? std::string() : std::string(between)) + word;
    return out;
}

std::string nginxTime(milliseconds time)
{
    return time.count() % 1000 == 0 ? std::to_string(time.count() / 1000) + 's' : std::to_string(time.count()) + "ms";
}

std::string keepalivedTime(milliseconds time)
{
    std::string text = std::to_string(time.count() / 1000);
    if (const auto hundredths = time.count() % 1000 / 10; hundredths != 0) {
        text += '.' + std::string(hundredths < 10 ? "0" : "") + std::to_string(hundredths);
        while (text.back() == '0') text.pop_back();
    }
    return text;
}

} // namespace iam::cluster
