// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configvalue.h"
#include "configarguments.h"
#include "crypto/keybundle.h"
#include "crypto/keyfile.h"
#include "node/clustersetup.h"
#include "node/keyrotation.h"
#include "passphrase.h"
#include "verbs.h"
#include <fstream>
#include <iostream>
#include <iterator>

namespace iam::app {
namespace {

using namespace std::chrono_literals;

constexpr const char* help = R"(iam-server cluster: what several nodes have together

  iam-server cluster render --definition FILE (--node NAME | --all) --out FOLDER [--binary PATH]
      makes every file of a node as FOLDER/etc/…, or of all as FOLDER/NAME/etc/…, from the definition (an example is
      resources/cluster/cluster.example.yaml): all files or none; FOLDER is new, empty or an earlier rendering;
      --binary is where iam-server lies on the nodes (/usr/bin/iam-server)
  iam-server cluster check [--definition FILE] [--node NAME | --files NAME=FOLDER…] [--json] [--no-programs]
      says what is wrong in a definition and its rendered files, or in nodes' files, where, why, what it costs and how
      to mend it; see cluster check --help
  iam-server cluster diff --definition FILE --node NAME [--root FOLDER]
      compares what would be rendered for a node with what is installed (in FOLDER instead of /): 0 equal, 1 not
  iam-server cluster init [--out FILE] [--passphrase-file FILE] [configuration]
      makes the keys that are missing, and writes all of them as a bundle sealed with a passphrase, to FILE or standard
      output; the server may run meanwhile
  iam-server cluster join BUNDLE [--passphrase-file FILE] [--replace] [configuration]
      installs the keys of a bundle on another node, whose server is stopped; - is standard input; --replace puts keys
      aside (as *.replaced) that secrets are sealed with
  iam-server cluster rotate-keys [--grace 30s] [configuration]
      makes new keys for all nodes, which take them in while they run and use them after the time given by --grace
  iam-server cluster verdict --evidence FILE [--every MS] [--transitions]
      prints who had the virtual address according to what witnesses saw; see cluster verdict --help

configuration: [--config FILE.yaml] [--data-dir DIR] [--set KEY=VALUE]…
The passphrase comes from --passphrase-file, from IAM_CLUSTER_PASSPHRASE, or from the terminal.
)";

std::vector<OptionRule> rulesWith(std::vector<OptionRule> more)
{
    more.insert(more.end(), configRules().begin(), configRules().end());
    return more;
}

int complain(const Error& error)
{
    std::cerr << "iam-server: " << error.detail << '\n';
    return exitFailed;
}

void tellOfTokenKey(const node::ServerConfig& config)
{
    if (config.jwt.key)
        std::cerr << "The key of log-in tokens is jwt.key of the configuration: it has to be the same in that of every"
                     " node.\n";
}

int initCluster(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, rulesWith({{"--out"}, {"--passphrase-file"}}));
    if (!parsed) return refuseArguments(parsed.error().detail);
    const auto config = readConfig(*parsed);
    if (!config) return exitConfiguration;
    const auto passphrase = readPassphrase(parsed->value("--passphrase-file"), Ask::Twice);
    if (!passphrase) return complain(passphrase.error());
    const SystemClock clock;
    const auto bundle = node::makeClusterBundle(*config, *passphrase, clock);
    if (!bundle) return complain(bundle.error());
    const std::string out = parsed->value("--out");
    if (out.empty()) {
        std::cout << bundle->text << std::flush;
        if (!std::cout) return complain({Code::StorageUnavailable, "the bundle cannot be written", {}});
    } else if (const auto written = crypto::createPrivateFile(out, SecretString(bundle->text)); !written) {
        return complain(written.error());
    }
    for (const std::string& file : bundle->made) std::cerr << "Made: " << config->dataDir << '/' << file << '\n';
    tellOfTokenKey(*config);
    std::cerr << "Next, on each other node: bring " << (out.empty() ? "the bundle" : out)
              << " there, stop its iam-server, run \"iam-server cluster join BUNDLE\" with the same passphrase and its"
                 " own configuration, and start it. Then remove the bundle.\n";
    return exitGood;
}

Result<std::string> readBundle(const std::string& name)
{
    std::ifstream file;
    if (name != "-") {
        file.open(name, std::ios::binary);
        if (!file) return fail(Code::DecodingFailed, "the bundle " + name + " cannot be read");
    }
    std::istream& in = name == "-" ? std::cin : file;
    std::string text;
    char buffer[4096];
    while (in.read(buffer, sizeof buffer), in.gcount() > 0) {
        text.append(buffer, static_cast<std::size_t>(in.gcount()));
        if (text.size() > crypto::maxBundleSize) break; // openBundle() says so
    }
    return text;
}

int joinCluster(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, rulesWith({{"--passphrase-file"}, {"--replace", false}}), 1);
    if (!parsed) return refuseArguments(parsed.error().detail);
    if (parsed->positional().empty()) return refuseArguments("cluster join needs the bundle that cluster init wrote");
    const auto config = readConfig(*parsed);
    if (!config) return exitConfiguration;
    const auto bundle = readBundle(parsed->positional().front());
    if (!bundle) return complain(bundle.error());
    const auto passphrase = readPassphrase(parsed->value("--passphrase-file"), Ask::Once);
    if (!passphrase) return complain(passphrase.error());
    const SystemClock clock;
    const auto joined = node::joinCluster(*config, *bundle, *passphrase, parsed->has("--replace"), clock);
    if (!joined) return complain(joined.error());
    for (const std::string& file : joined->replaced) std::cerr << "Kept: " << file << '\n';
    if (joined->tokenKeyIsDouble)
        std::cerr << "The bundle has a key of log-in tokens, but jwt.key of this node's configuration is what it uses:"
                     " remove one of the two.\n";
    tellOfTokenKey(*config);
    std::cerr << (joined->changed ? "The keys of the cluster are installed; start iam-server.\n"
                                  : "This node has these keys already; nothing was changed.\n");
    return exitGood;
}

int rotateKeys(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, rulesWith({{"--grace"}}));
    if (!parsed) return refuseArguments(parsed.error().detail);
    const auto grace = parsed->has("--grace") ? parseDuration(parsed->value("--grace")) : std::optional(30'000ms);
    if (!grace || *grace < 2s || *grace > 24h)
        return refuseArguments("--grace is a time from 2s to 24h, in which every node has to notice the new keys");
    const auto config = readConfig(*parsed);
    if (!config) return exitConfiguration;
    const SystemClock clock;
    const auto generation = node::rotateClusterKeys(*config, *grace, clock);
    if (!generation) return complain(generation.error());
    tellOfTokenKey(*config);
    std::cerr << "Key generation " << generation->number << " is in force in " << formatDuration(*grace)
              << ". Nodes that run take it in by themselves, others when they start; bundles made before stay good.\n";
    return exitGood;
}

} // namespace

int manageCluster(const VerbArguments& arguments)
{
    if (arguments.empty() || arguments.front() == "--help" || arguments.front() == "-h") {
        std::cout << help;
        return exitGood;
    }
    const VerbArguments rest(arguments.begin() + 1, arguments.end());
    // One row each.
    const std::pair<std::string_view, int (*)(const VerbArguments&)> table[] = {
        {"render", renderCluster}, {"check", checkCluster},     {"diff", diffCluster},      {"init", initCluster},
        {"join", joinCluster},     {"rotate-keys", rotateKeys}, {"verdict", printVerdicts},
    };
    std::string names;
    for (const auto& [name, run] : table) {
        if (arguments.front() == name) return run(rest);
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return refuseArguments("the verb cluster needs one of: " + names);
}

} // namespace iam::app
