// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QFrame>
#include <QList>

class QLabel;
class QVBoxLayout;

namespace iam::widgets {

class StatusMark;

/// How the most important thing on a page stands: a shape, a sentence in large letters, and one that explains it, on
/// the quiet colour of the tone. Screen readers are told when the sentence changes.
class Headline : public QFrame {
    Q_OBJECT
public:
    /// `name` makes the object names "<name>.title" and "<name>.text".
    explicit Headline(const QString& name, QWidget* parent = nullptr);
    void present(Tone tone, const QString& title, const QString& text);
    [[nodiscard]] Tone tone() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;
    /// 1: as everywhere else.
    void setScale(double scale);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    StatusMark* m_mark;
    QLabel* m_title;
    QLabel* m_text;
};

/// Lines of shape and sentence, in the order given.
class RemarkList : public QWidget {
    Q_OBJECT
public:
    struct Remark {
        Tone tone = Tone::Neutral;
        QString text;
        bool operator==(const Remark&) const = default;
    };
    /// `name`: the object name; its lines are "<name>.<n>".
    explicit RemarkList(const QString& name, QWidget* parent = nullptr);
    void setRemarks(const QList<Remark>& remarks);
    [[nodiscard]] const QList<Remark>& remarks() const { return m_remarks; }
    void setScale(double scale);

private:
    struct Line {
        QWidget* row;
        StatusMark* mark;
        QLabel* text;
    };
    void addLine();
    void scale(const Line& line) const;

    QList<Remark> m_remarks;
    QList<Line> m_lines;
    QVBoxLayout* m_column;
    double m_scale = 1;
};

} // namespace iam::widgets
