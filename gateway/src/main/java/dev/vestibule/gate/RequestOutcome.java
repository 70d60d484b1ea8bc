package dev.vestibule.gate;

/// What became of a request, as far as it is counted.
enum RequestOutcome {
    OK,
    REDIRECT,
    CLIENT_ERROR,
    SERVER_ERROR,
    /// The connection became a websocket.
    SOCKET,
    /// The client left, or was cut off, before it was answered.
    GONE;

    /// @param status of the answer
    static RequestOutcome of(int status) {
        if (status >= 500) {
            return SERVER_ERROR;
        }
        if (status >= 400) {
            return CLIENT_ERROR;
        }
        return status >= 300 ? REDIRECT : OK;
    }
}
