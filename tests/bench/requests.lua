-- SPDX-FileCopyrightText: 2026 IAM Console contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- For wrk: sends the requests of a file one after the other, each "LENGTH\n" and so many bytes of HTTP, beginning at
-- some place of the file; without a file the plain GET. Prints one line of JSON at the end.
local requests, count, place = {}, 0, 0

function init(arguments)
    if not arguments[1] then return end
    local file = assert(io.open(arguments[1], "rb"))
    while true do
        local length = file:read("*n")
        if not length then break end
        file:read(1)
        count = count + 1
        requests[count] = file:read(length)
    end
    file:close()
    place = math.floor(tonumber(arguments[2] or "0")) % count
    request = function()
        place = place + 1
        if place > count then place = 1 end
        return requests[place]
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"seconds":%.6f,"p50_ms":%.3f,"p99_ms":%.3f,"most_ms":%.3f,"refused":%d,"lost":%d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        latency.max / 1e3, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
