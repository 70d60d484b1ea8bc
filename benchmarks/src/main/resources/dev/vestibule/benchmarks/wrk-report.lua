-- The last line of wrk's output, for WrkReport.
function done(summary, latency, requests)
    local errors = summary.errors
    print(string.format("report requests=%d bytes=%d micros=%d refused=%d broken=%d",
        summary.requests, summary.bytes, summary.duration, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end
