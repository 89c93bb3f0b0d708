// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include "cluster/definition/clusterdefinition.h"
#include "cluster/lint/finding.h"
#include "cluster/render/render.h"
#include <QObject>
#include <QTimer>
#include <map>

namespace iam::pages {

/// A definition that is being written, as values and as text at once, with what is wrong in it and what is rendered
/// from it. A change of either side changes the other, except that text with faults leaves the values as they were.
class DefinitionDraft : public QObject {
    Q_OBJECT
public:
    /// A fault where it stands: the field as the file names it, and the line of the text (0: unknown).
    struct Fault {
        std::string field;
        std::string sentence;
        int line = 0;
        bool operator==(const Fault&) const = default;
    };
    using Files = std::map<std::string, std::vector<cluster::RenderedFile>>; ///< by machine

    explicit DefinitionDraft(QObject* parent = nullptr);

    /// Two nodes to begin with.
    void startAnew(cluster::ClusterDefinition::Profile profile);
    /// The text of a file that was opened; from now on that is what changes are told against.
    void open(const std::string& yaml);
    void setDefinition(const cluster::ClusterDefinition& definition);
    void setText(const std::string& yaml);
    /// It is stored as it is now.
    void setSaved();
    /// What is rendered now is what lies elsewhere: changes are told against it.
    void setExported();

    [[nodiscard]] const cluster::ClusterDefinition& definition() const noexcept { return m_definition; }
    [[nodiscard]] const std::string& text() const noexcept { return m_text; }
    /// The text cannot be read: the values are those of before.
    [[nodiscard]] bool textIsFaulty() const noexcept { return m_textFaulty; }
    [[nodiscard]] const std::vector<Fault>& faults() const noexcept { return m_faults; }
    [[nodiscard]] bool changed() const { return m_text != m_savedText; }
    /// Of the last state without faults; empty while there has been none.
    [[nodiscard]] const std::vector<cluster::Finding>& findings() const noexcept { return m_findings; }
    [[nodiscard]] const Files& files() const noexcept { return m_files; }
    /// As they were when the definition was opened or exported.
    [[nodiscard]] const Files& filesBefore() const noexcept { return m_filesBefore; }
    /// Whether files() and findings() are of what is written now.
    [[nodiscard]] bool current() const noexcept { return m_faults.empty() && !m_work.isActive(); }
    /// At once instead of a moment after the last change.
    void finish();

Q_SIGNALS:
    /// Values, text or faults are others.
    void edited();
    /// Files and findings are others.
    void rendered();

private:
    void takeFaults();
    void render();

    cluster::ClusterDefinition m_definition;
    std::string m_text;
    std::string m_savedText;
    bool m_textFaulty = false;
    bool m_takeAsBefore = false;
    std::vector<Fault> m_faults;
    std::vector<cluster::Finding> m_findings;
    Files m_files;
    Files m_filesBefore;
    QTimer m_work;
};

} // namespace iam::pages
