package dev.vestibule.gate;

import dev.vestibule.log.RequestScope;
import dev.vestibule.proxy.ProxyRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;
import java.util.function.Supplier;

/// Asks on a virtual thread what cannot be said on the event loop, and goes on there with the
/// answer. Safe to share between connections.
record Asking(Workers workers) {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    /// The body stays in the socket until it is known whether anybody wants it.
    ///
    /// @param question may wait; what goes wrong in it must be an answer too, see [#orElse]
    /// @param then runs on the event loop, unless the connection has gone on meanwhile
    <T> void ask(
            ClientConnection connection, RequestHead head, Supplier<T> question, Consumer<T> then) {
        Deciding deciding = new Deciding();
        connection.become(deciding);
        if (!(head.body() instanceof ProxyRequest.Body.None)) {
            connection.setReading(false);
        }
        boolean isAsked =
                workers.run(
                        head,
                        connection.channel(),
                        () -> {
                            T answer = question.get();
                            connection
                                    .channel()
                                    .eventLoop()
                                    .execute(
                                            RequestScope.kept(
                                                    () ->
                                                            goOn(
                                                                    connection,
                                                                    deciding,
                                                                    answer,
                                                                    then)));
                        });
        if (!isAsked) {
            connection.answer(head, Refusals.busy(head));
        }
    }

    private static <T> void goOn(
            ClientConnection connection, Deciding deciding, T answer, Consumer<T> then) {
        if (!connection.isIn(deciding)) {
            return;
        }
        connection.attempt(
                () -> {
                    connection.setReading(true);
                    then.accept(answer);
                });
    }

    /// A judgement whose bugs deny.
    static <T> Supplier<T> orElse(RequestHead head, Supplier<T> judgement, T denial) {
        return () -> {
            try {
                return judgement.get();
            } catch (Exception bug) {
                LOG.error("event=judgement-failed request={}", head.id(), bug);
                return denial;
            }
        };
    }
}
