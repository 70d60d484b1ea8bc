package dev.vestibule.gate;

import io.netty.handler.codec.http.HttpContent;

/// What a connection does with the request that it is on. Lives on the event loop.
interface Turn {

    /// A piece of the request's body, which the callee releases; `LastHttpContent` ends it.
    void content(HttpContent content);

    /// Gives what this turn keeps of the request's body to the turn that follows on it.
    default void handTo(Turn next) {}

    /// What was read together has been handed over.
    default void readComplete() {}

    /// Whether the body may take as long as it likes, as long as it moves. All other bodies are
    /// small and have one deadline (attack: a byte now and then keeps a connection for days).
    default boolean mayTakeLong() {
        return false;
    }

    /// The client can take more of the answer.
    default void writable() {}

    /// The client is gone.
    default void gone() {}
}
