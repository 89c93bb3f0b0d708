// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "pages/cluster/definitiondraft.h"
#include <QWidget>

class QComboBox;
class QLabel;
class QTreeWidget;

namespace iam::widgets {
class DiffView;
}

namespace iam::pages {

/// The files of each machine, and what has changed in them since the definition was opened or exported.
class RenderedFiles : public QWidget {
    Q_OBJECT
public:
    explicit RenderedFiles(QWidget* parent = nullptr);
    /// `current`: the files are those of what is written now.
    void setFiles(const DefinitionDraft::Files& files, const DefinitionDraft::Files& before, bool current);

private:
    void fillList();
    void showChosen();
    [[nodiscard]] QString machine() const;
    /// Nothing: there is no such file.
    [[nodiscard]] static std::optional<QString> content(const DefinitionDraft::Files& files, const QString& machine,
                                                        const QString& path);

    DefinitionDraft::Files m_files;
    DefinitionDraft::Files m_before;
    QComboBox* m_machine;
    QTreeWidget* m_list;
    QLabel* m_heading;
    widgets::DiffView* m_text;
};

} // namespace iam::pages
