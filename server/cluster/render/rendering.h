// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/definition/clusterdefinition.h"
#include "cluster/render/render.h"
#include "cluster/render/template.h"
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// One machine's rendering while it is made.
class Rendering {
public:
    Rendering(const ClusterDefinition& definition, std::string machine, const RenderInputs& inputs);

    [[nodiscard]] const ClusterDefinition& definition() const noexcept { return m_definition; }
    [[nodiscard]] const std::string& machine() const noexcept { return m_machine; }
    [[nodiscard]] const RenderInputs& inputs() const noexcept { return m_inputs; }
    [[nodiscard]] bool isTutorial() const noexcept;
    [[nodiscard]] bool isCloud() const noexcept;
    /// Null on a machine that is only a backend.
    [[nodiscard]] const NodeDefinition* node() const noexcept { return m_definition.node(m_machine); }
    /// Null on a node that runs no servers of ours.
    [[nodiscard]] const BackendDefinition* backend() const noexcept;
    [[nodiscard]] const std::string& address() const noexcept;
    /// Of all nodes, in order.
    [[nodiscard]] std::vector<std::string> nodeAddresses() const;
    /// Of all nodes but this one.
    [[nodiscard]] std::vector<std::string> peerAddresses() const;
    /// Of all machines that run our servers.
    [[nodiscard]] std::vector<std::string> backendAddresses() const;
    /// Of all machines.
    [[nodiscard]] std::vector<std::string> machineAddresses() const;
    [[nodiscard]] bool hosts(const PlaceDefinition& place) const { return m_definition.addressOf(place) == address(); }

    /// What every template may name: MACHINE, ADDRESS, VIP, PREFIX, the ports, the domains, the time-outs in nginx's
    /// form.
    [[nodiscard]] TemplateValues values() const;
    /// Adds a file whose text says in its first lines where it comes from, behind `comment` ("#", "--") and, in a
    /// script, behind the line that names its interpreter.
    void add(std::string path, std::string_view text, const TemplateValues& values, unsigned mode = 0644,
             std::string_view comment = "#");
    [[nodiscard]] std::vector<RenderedFile> take();

private:
    [[nodiscard]] std::string origin(std::string_view comment) const;

    const ClusterDefinition& m_definition;
    const std::string m_machine;
    const RenderInputs& m_inputs;
    std::vector<RenderedFile> m_files;
};

/// "a, b".
[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view between);
/// nginx's form of a time: "300ms", "30s".
[[nodiscard]] std::string nginxTime(std::chrono::milliseconds time);
/// keepalived's: "0.2", "1".
[[nodiscard]] std::string keepalivedTime(std::chrono::milliseconds time);

// Each adds the files of its program.
void renderNginx(Rendering& out);
void renderTutorialNginx(Rendering& out);
void renderKeepalived(Rendering& out);
void renderTutorialKeepalived(Rendering& out);
void renderServers(Rendering& out);
void renderUnits(Rendering& out);
void renderNetwork(Rendering& out);
void renderData(Rendering& out);

} // namespace iam::cluster
