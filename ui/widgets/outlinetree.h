// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QList>
#include <QTreeWidget>
#include <optional>

namespace iam::widgets {

/// A tree of sentences, each with the shape of its tone, which wrap to the width there is. As high as what is shown, so
/// it belongs into a scroll area, which follows the current line. Ctrl+C copies that line.
class OutlineTree : public QTreeWidget {
    Q_OBJECT
public:
    struct Line {
        std::optional<Tone> tone = {}; ///< nothing: a heading, in bold
        QString text = {};
        QString key = {}; ///< what opened() names; a line without one has that of the line above it in the tree
        bool open = false;
        QList<Line> lines = {};
    };

    explicit OutlineTree(const QString& name, QWidget* parent = nullptr);
    /// The first line becomes the current one.
    void setLines(const QList<Line>& lines);

Q_SIGNALS:
    /// Return or a double click on a line that has a key.
    void opened(const QString& key);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void open(QTreeWidgetItem* item);
    void fitLater();
    void fit();
    void follow(const QTreeWidgetItem* item);

    bool m_fitting = false;
};

} // namespace iam::widgets
