package dev.vestibule.socket;

import dev.vestibule.socket.ClientCommands.CarriedOutHere;
import dev.vestibule.socket.OwnTokenCommands.Answer;
import dev.vestibule.socket.OwnTokenCommands.Person;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The commands of one socket that are carried out here: one at a time and in the order in which
/// they came, as Home Assistant would. Lives on the event loop of the client's channel; only the
/// carrying out waits elsewhere. What is under way when the socket ends goes on to its end, so that
/// it is recorded.
final class OwnTokenQueue {

    private static final Logger LOG = LoggerFactory.getLogger(OwnTokenQueue.class);

    /// Attack: a client that asks faster than Home Assistant answers.
    static final int WAITING_MAX = 16;

    private static final Answer TOO_MANY =
            new Answer.Failure("home_assistant_error", "Too many such commands wait. Try again.");

    private final OwnTokenCommands commands;
    private final Person person;
    private final Executor waiting;
    private final Executor eventLoop;
    private final Consumer<byte[]> toClient;
    private final Queue<CarriedOutHere> queue = new ArrayDeque<>();
    private boolean isBusy;
    private boolean isClosed;

    /// @param waiting runs what waits
    /// @param toClient may close the queue, where the client reads none of its answers
    OwnTokenQueue(
            OwnTokenCommands commands,
            Person person,
            Executor waiting,
            Executor eventLoop,
            Consumer<byte[]> toClient) {
        this.commands = commands;
        this.person = person;
        this.waiting = waiting;
        this.eventLoop = eventLoop;
        this.toClient = toClient;
    }

    void add(CarriedOutHere command) {
        if (isClosed) {
            return;
        }
        if (queue.size() == WAITING_MAX) {
            toClient.accept(command.answer(TOO_MANY));
            return;
        }
        queue.add(command);
        if (!isBusy) {
            next();
        }
    }

    private void next() {
        CarriedOutHere command = queue.poll();
        isBusy = command != null;
        if (command != null) {
            waiting.execute(() -> carryOut(command));
        }
    }

    private void carryOut(CarriedOutHere command) {
        Answer answer = answer(command);
        eventLoop.execute(
                () -> {
                    if (!isClosed) {
                        toClient.accept(command.answer(answer));
                        next();
                    }
                });
    }

    private Answer answer(CarriedOutHere command) {
        try {
            return commands.carryOut(person, command.kind(), command.members());
        } catch (RuntimeException bug) {
            // The client hears of it, and the next command has its turn.
            LOG.error("event=own-token-command-failed kind={}", command.kind(), bug);
            return new Answer.Failure("unknown_error", "Unknown error");
        }
    }

    void close() {
        isClosed = true;
        queue.clear();
    }
}
