// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/httpprobe.h"
#include "probe/probeloop.h"
#include <QSslCertificate>
#include <QThread>
#include <algorithm>

namespace iam::probe {

namespace {

using namespace std::chrono_literals;

constexpr int mostUnderWay = 100;
constexpr std::size_t longestText = 1024;

bool isVisible(const std::string& text)
{
    return text.size() <= longestText &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

Result<> checked(const ProbeTarget& target)
{
    if (!placeOf(target)) return fail(Code::Validation, '"' + target.address + "\" is not a numeric address");
    if (target.port == 0) return fail(Code::Validation, "a probe needs a port");
    if (!isVisible(target.host)) return fail(Code::Validation, "the host to ask for has blanks or is no ASCII");
    if (!target.path.starts_with('/') || !isVisible(target.path))
        return fail(Code::Validation, "the path to ask for begins with / and has no blanks");
    if (target.period < 10ms || target.period > 1min || target.timeout < 10ms || target.timeout > 1min)
        return fail(Code::Validation, "period and time-out of a probe are 10 ms to 1 min");
    if (target.timeout > mostUnderWay * target.period)
        return fail(Code::Validation, "the time-out of a probe is at most 100 periods");
    if (!target.authorities.empty() &&
        QSslCertificate::fromData(QByteArray::fromStdString(target.authorities)).isEmpty())
        return fail(Code::Validation, "the certificates to trust are not PEM");
    return {};
}

} // namespace

Result<std::unique_ptr<HttpProbe>> HttpProbe::make(ProbeTarget target)
{
    if (const auto good = checked(target); !good) return fail(good);
    return std::unique_ptr<HttpProbe>(new HttpProbe(target));
}

HttpProbe::HttpProbe(const ProbeTarget& target)
    : m_thread(std::make_unique<QThread>())
    , m_loop(new ProbeLoop(target))
{
    m_thread->setObjectName(QStringLiteral("probe"));
    m_loop->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::started, m_loop, &ProbeLoop::start);
    connect(m_thread.get(), &QThread::finished, m_loop, &QObject::deleteLater);
    connect(m_loop, &ProbeLoop::decided, this, &HttpProbe::decided);
}

HttpProbe::~HttpProbe()
{
    if (!m_thread->isRunning()) {
        delete m_loop;
        return;
    }
    m_thread->quit();
    m_thread->wait();
}

void HttpProbe::start()
{
    m_thread->start();
}

} // namespace iam::probe
