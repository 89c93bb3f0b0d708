// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagescaffold.h"
#include "widgets/messagebar.h"
#include "widgets/primarybutton.h"
#include "widgets/sidepanel.h"
#include "widgets/statepane.h"
#include "widgets/textlabel.h"
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

namespace iam::widgets {

using namespace std::chrono_literals;

PageScaffold::PageScaffold(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_title(new TextLabel(TextSize::Title, false, this))
    , m_purpose(new TextLabel(TextSize::Base, true, this))
    , m_tools(new QHBoxLayout)
    , m_search(new QLineEdit(this))
    , m_mainAction(new PrimaryButton(this))
    , m_messages(new MessageBar(this))
    , m_banner(nullptr)
    , m_stack(new QStackedWidget(this))
    , m_contentHost(new QWidget(this))
    , m_statePane(new StatePane(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_panel(new SidePanel(this))
    , m_searchDelay(new QTimer(this))
    , m_loadingDelay(new QTimer(this))
{
    setObjectName(name);
    auto* left = new QWidget(this);
    m_column = new QVBoxLayout(left);
    m_column->setContentsMargins(spacing::page, spacing::wide, spacing::page, spacing::wide);
    m_column->setSpacing(spacing::unit);
    buildHeader();
    m_column->addWidget(m_messages);
    new QVBoxLayout(m_contentHost);
    m_contentHost->layout()->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_contentHost);
    m_stack->addWidget(m_statePane);
    m_column->addWidget(m_stack, 1);

    m_splitter->setObjectName(m_name + QStringLiteral(".splitter"));
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(4);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_splitter);

    m_searchDelay->setSingleShot(true);
    m_searchDelay->setInterval(250ms);
    connect(m_searchDelay, &QTimer::timeout, this, [this] { Q_EMIT searchChanged(searchText()); });
    m_loadingDelay->setSingleShot(true);
    m_loadingDelay->setInterval(200ms);
    connect(m_loadingDelay, &QTimer::timeout, this, [this] { m_stack->setCurrentWidget(m_statePane); });
    connect(m_statePane->action(), &QPushButton::clicked, this, [this] {
        if (m_state == State::Failed)
            Q_EMIT retryRequested();
        else
            Q_EMIT emptyActionTriggered();
    });
    connect(m_splitter, &QSplitter::splitterMoved, this, &PageScaffold::rememberPanelWidth);
    connect(m_panel, &SidePanel::opened, this, &PageScaffold::restorePanelWidth);
}

void PageScaffold::buildHeader()
{
    m_title->setObjectName(m_name + QStringLiteral(".title"));
    m_title->setWordWrap(false);
    m_purpose->setObjectName(m_name + QStringLiteral(".purpose"));
    m_search->setObjectName(m_name + QStringLiteral(".search"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedHeight(30);
    m_search->setMinimumWidth(140);
    m_search->setMaximumWidth(320);
    m_search->hide();
    m_mainAction->setObjectName(m_name + QStringLiteral(".mainAction"));
    m_mainAction->setMinimumHeight(30);
    m_mainAction->hide();
    m_column->addWidget(m_title);
    m_column->addWidget(m_purpose);
    m_tools->setContentsMargins(0, spacing::unit, 0, 0);
    m_tools->setSpacing(spacing::unit);
    m_tools->addWidget(m_search, 1);
    m_tools->addStretch(1);
    m_tools->addWidget(m_mainAction);
    m_column->addLayout(m_tools);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (!text.isEmpty()) {
            m_searchDelay->start();
            return;
        }
        m_searchDelay->stop();
        Q_EMIT searchChanged({});
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        m_searchDelay->stop();
        Q_EMIT searchChanged(searchText());
    });
    connect(m_mainAction, &QPushButton::clicked, this, &PageScaffold::mainActionTriggered);
}

void PageScaffold::setTitle(const QString& title, const QString& purpose)
{
    m_title->setText(title);
    m_purpose->setText(purpose);
    setAccessibleName(title);
    setAccessibleDescription(purpose);
}

void PageScaffold::setSearch(const QString& placeholder)
{
    m_search->setPlaceholderText(placeholder);
    m_search->setAccessibleName(placeholder);
    m_search->setToolTip(tr("%1 (Ctrl+F)").arg(placeholder));
    m_search->show();
    if (m_searchWanted) return;
    m_searchWanted = true;
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, &PageScaffold::focusSearch);
}

void PageScaffold::setSearchVisible(bool visible)
{
    m_search->setVisible(visible);
}

QPushButton* PageScaffold::setMainAction(const QString& text, const QString& iconName)
{
    m_mainAction->setText(text);
    m_mainAction->setAccessibleName(QString(text).remove(u'&'));
    m_mainAction->setToolTip(tr("Ctrl+N"));
    if (!iconName.isEmpty()) m_mainAction->setIcon(QIcon::fromTheme(iconName));
    m_mainAction->show();
    if (!m_mainActionWanted) {
        m_mainActionWanted = true;
        auto* fresh = new QShortcut(QKeySequence::New, this);
        fresh->setContext(Qt::WidgetWithChildrenShortcut);
        connect(fresh, &QShortcut::activated, m_mainAction, &QPushButton::click);
    }
    return m_mainAction;
}

void PageScaffold::addTool(QWidget* tool)
{
    m_tools->insertWidget(m_tools->count() - 1, tool);
}

void PageScaffold::setFilter(QWidget* filter)
{
    m_column->insertWidget(m_column->indexOf(m_messages), filter);
}

void PageScaffold::setBanner(QWidget* banner)
{
    delete m_banner;
    m_banner = banner;
    m_column->insertWidget(m_column->indexOf(m_stack), banner);
}

void PageScaffold::setContent(QWidget* content)
{
    m_contentHost->layout()->addWidget(content);
}

void PageScaffold::showContent()
{
    m_state = State::Content;
    m_loadingDelay->stop();
    m_stack->setCurrentWidget(m_contentHost);
}

void PageScaffold::showLoading(const QString& what)
{
    const bool stateShown = m_stack->currentWidget() == m_statePane && m_state != State::Content;
    m_state = State::Loading;
    if (stateShown && m_loadingDelay->isActive()) return;
    if (stateShown) {
        // What stood there before stays for the moment; a quick answer then replaces it without a flicker.
        QTimer::singleShot(200ms, this, [this, what] {
            if (m_state == State::Loading) m_statePane->showLoading(what);
        });
        return;
    }
    m_statePane->showLoading(what);
    m_loadingDelay->start();
}

void PageScaffold::showEmpty(const QString& title, const QString& advice, const QString& actionText)
{
    m_state = State::Empty;
    m_loadingDelay->stop();
    m_statePane->showEmpty(title, advice, actionText);
    m_stack->setCurrentWidget(m_statePane);
}

void PageScaffold::showFailed(const QString& title, const QString& advice)
{
    m_state = State::Failed;
    m_loadingDelay->stop();
    m_statePane->showFailed(title, advice, tr("Retry"));
    m_stack->setCurrentWidget(m_statePane);
}

QString PageScaffold::searchText() const
{
    return m_search->text().trimmed();
}

void PageScaffold::clearSearch()
{
    m_search->clear();
}

void PageScaffold::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PageScaffold::rememberPanelWidth()
{
    if (m_panel->isOpen())
        QSettings().setValue(QStringLiteral("pages/%1/panelWidth").arg(m_name), m_splitter->sizes().at(1));
}

void PageScaffold::restorePanelWidth()
{
    const int wanted = QSettings().value(QStringLiteral("pages/%1/panelWidth").arg(m_name), 460).toInt();
    const int room = m_splitter->width();
    const int panel = std::clamp(wanted, m_panel->minimumWidth(), std::max(m_panel->minimumWidth(), room * 2 / 3));
    m_splitter->setSizes({room - panel, panel});
}

} // namespace iam::widgets
