// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"
#include "configarguments.h"
#include "node/servernode.h"
#include "verbs.h"
#include <QCoreApplication>
#include <QSocketNotifier>
#include <csignal>
#include <iostream>
#include <sys/signalfd.h>
#include <unistd.h>

namespace iam::app {
namespace {

/// SIGTERM and SIGINT as a descriptor to wait for. Blocked before any thread starts, so that no thread dies of them.
int terminationDescriptor()
{
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigaddset(&signals, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

} // namespace

int serve(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, configRules());
    if (!parsed) return refuseArguments(parsed.error().detail);
    const auto config = readConfig(*parsed);
    if (!config) return exitConfiguration;
    if (const auto faults = node::checkFiles(*config); !faults.empty()) {
        printFaults(faults);
        return exitConfiguration;
    }
    if (auto logging = installLogging(config->log); !logging) {
        std::cerr << "iam-server: " << logging.error().detail << '\n';
        return exitConfiguration;
    }
    const int termination = terminationDescriptor();
    const SystemClock clock;
    auto node = node::ServerNode::start(*config, clock);
    if (!node) {
        std::cerr << "iam-server: " << node.error().detail << '\n';
        return exitFailed;
    }

    QSocketNotifier notifier(termination, QSocketNotifier::Read);
    bool ending = false;
    QObject::connect(&notifier, &QSocketNotifier::activated, &notifier, [&] {
        signalfd_siginfo signal{};
        while (::read(termination, &signal, sizeof signal) == sizeof signal) {
            if (ending) ::_exit(exitFailed); // asked a second time: at once
            ending = true;
            qCInfo(lcHttp, "ending: finishing what runs");
            (*node)->drain([] { QCoreApplication::exit(exitGood); });
        }
    });
    std::cout << (*node)->readyLine() << std::endl;
    return QCoreApplication::exec();
}

} // namespace iam::app
