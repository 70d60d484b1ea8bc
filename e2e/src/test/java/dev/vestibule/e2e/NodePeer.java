package dev.vestibule.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A script of `e2e/src/test/node` that runs in a node of its own and does what it is told, one
/// command at a time; see `lines.mjs`. One thread uses it.
///
/// The script ends when its standard input does, so it also ends when this JVM is killed.
final class NodePeer implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String END = "";

    private final String script;
    private final Process node;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>(1_000);
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private int lastId;

    private NodePeer(String script, Process node) {
        this.script = script;
        this.node = node;
        this.commands = node.outputWriter();
        Thread.ofVirtual().start(() -> readAnswers(node.inputReader()));
        Thread.ofVirtual().start(() -> readComplaints(node.errorReader()));
    }

    /// @param script the file's name
    static NodePeer start(String script) {
        Path directory = NodePackages.installed();
        return new NodePeer(
                script,
                NodePackages.start(
                        new ProcessBuilder("node", directory.resolve(script).toString())));
    }

    private void readAnswers(BufferedReader output) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                answers.add(line);
            }
        } catch (IOException ended) {
            complaints.add(ended.toString());
        }
        answers.add(END);
    }

    private void readComplaints(BufferedReader errors) {
        try (errors) {
            errors.lines().forEach(complaints::add);
        } catch (IOException | UncheckedIOException ended) {
            complaints.add(ended.toString());
        }
    }

    JsonNode ask(String command) {
        return ask(command, Map.of());
    }

    /// Gives a command and waits for its value.
    ///
    /// @throws Problem where the script says that the command failed
    JsonNode ask(String command, Map<String, ?> arguments) {
        int id = ++lastId;
        try {
            commands.write(
                    JSON.writeValueAsString(
                                    Map.of("id", id, "command", command, "arguments", arguments))
                            + "\n");
            commands.flush();
        } catch (IOException gone) {
            throw new IllegalStateException(describe(command, "it does not listen"), gone);
        }
        JsonNode answer = answerTo(command);
        if (answer.path("id").asInt() != id) {
            throw new IllegalStateException(describe(command, "it answers out of turn: " + answer));
        }
        if (answer.has("problem")) {
            throw new Problem(answer.path("problem").asText());
        }
        return answer.path("value");
    }

    private JsonNode answerTo(String command) {
        try {
            String line = answers.poll(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new IllegalStateException(describe(command, "no answer in " + ANSWER_MAX));
            }
            if (line.equals(END)) {
                throw new IllegalStateException(describe(command, "it has ended"));
            }
            return JSON.readTree(line);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(describe(command, "interrupted"), interrupted);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(describe(command, "unreadable answer"), unreadable);
        }
    }

    private String describe(String command, String what) {
        return script + ", command " + command + ": " + what + "\n" + String.join("\n", complaints);
    }

    /// A command failed; the message is the script's.
    static final class Problem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message);
        }
    }

    @Override
    public void close() {
        node.destroyForcibly().onExit().join();
    }
}
