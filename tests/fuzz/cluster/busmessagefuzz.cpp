// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads arbitrary bytes as a message of the channel, as they are and as the payload of a message that is signed.
#include "cluster/bus/messagescreen.h"
#include "crypto/base64.h"
#include <cstdlib>

using namespace iam;
using namespace iam::cluster;

namespace {

void demand(bool held)
{
    if (!held) std::abort();
}

std::shared_ptr<const MessageKeys> makeKeys()
{
    auto keys = std::make_shared<MessageKeys>();
    keys->push_back(std::move(*crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString("fuzz key"))));
    return keys;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const SystemClock clock;
    static const std::shared_ptr<const MessageKeys> keys = makeKeys();
    const std::string_view input(reinterpret_cast<const char*>(data), size);

    MessageScreen screen(
        "own-", [] { return keys; }, clock);
    demand(screen.judge(input).worth != MessageScreen::Worth::Trusted); // nobody signed it
    if (const auto message = parseMessage(input)) {
        const auto again = parseMessage(writeMessage(*message));
        demand(again && again->payload == message->payload && again->signature == message->signature);
    }
    Message carried{Command::PolicyChanged, std::string(input), {}, hmacSha256};
    carried.signature = crypto::toBase64Url(keys->front().mac("PolicyChanged\n" + carried.payload));
    demand(isSigned(carried, *keys));
    static_cast<void>(screen.judge(writeMessage(carried)));
    return 0;
}
