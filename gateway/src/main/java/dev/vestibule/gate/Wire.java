package dev.vestibule.gate;

/// How requests and answers lie between a client and its [ClientConnection]: one after the other on
/// a socket, or one of each on a stream of HTTP/2. Lives on the event loop.
interface Wire {

    /// Says for each request whether it is HEAD, whose answer has no body.
    void answersTo(boolean isHead);

    /// Lets the next request come, which may be here already.
    void proceed();

    /// Ends what has been answered.
    ///
    /// @param isAllRead true where the client has nothing more to say, so that nothing can be lost
    void end(boolean isAllRead);
}
