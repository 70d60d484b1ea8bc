package dev.vestibule.proxy;

/// Why Home Assistant did not answer.
public enum UpstreamFailure {
    /// No connection: it is away, or not up yet.
    UNREACHABLE,
    /// The gateway already has as many connections to it as it may have.
    BUSY,
    /// The connection broke before the answer was whole.
    BROKEN,
    /// Its answer can be read in two ways.
    DOUBTFUL,
    /// It took the request and said nothing.
    SILENT
}
