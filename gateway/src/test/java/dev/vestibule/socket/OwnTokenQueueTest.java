package dev.vestibule.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;
import dev.vestibule.socket.ClientCommands.CarriedOutHere;
import dev.vestibule.socket.OwnTokenCommands.Answer;
import dev.vestibule.socket.OwnTokenCommands.Kind;
import dev.vestibule.socket.OwnTokenCommands.Person;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

class OwnTokenQueueTest {

    private final TestFacts facts = new TestFacts();
    private final Account ada = facts.admit("ada");
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final OwnTokenQueue queue =
            new OwnTokenQueue(
                    (_, _, members) -> {
                        String name = members.getOrDefault("name", TextNode.valueOf("")).asText();
                        asked.add(name);
                        if (name.equals("bug")) {
                            throw new IllegalStateException("a bug");
                        }
                        return new Answer.Result(TextNode.valueOf(name));
                    },
                    new Person(
                            facts.issue(ada, facts.begin(ada), "1").grant(),
                            new Secret("access"),
                            new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.7"))),
                    waiting::add,
                    Runnable::run,
                    answer -> heard.add(new String(answer, StandardCharsets.UTF_8)));

    @AfterEach
    void close() {
        facts.close();
    }

    private void ask(int id, String name) {
        queue.add(
                new CarriedOutHere(
                        IntNode.valueOf(id), Kind.MAKE, Map.of("name", TextNode.valueOf(name))));
    }

    @Test
    void doesOneThingAfterTheOther() {
        ask(1, "first");
        ask(2, "second");

        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        assertThat(asked).containsExactly("first");
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        assertThat(asked).containsExactly("first", "second");
        assertThat(heard).hasSize(2);
        assertThat(waiting).isEmpty();
    }

    @Test
    void refusesWhatComesFasterThanItIsDone() {
        for (int id = 1; id <= OwnTokenQueue.WAITING_MAX + 2; id++) {
            ask(id, "one");
        }

        assertThat(heard)
                .singleElement()
                .asString()
                .contains("\"id\":18,", "\"success\":false", "Too many");
    }

    @Test
    void sendsNothingToASocketThatHasEndedAndDoesNoMore() {
        ask(1, "under way");
        ask(2, "waiting");

        queue.close();
        waiting.remove().run();

        assertThat(asked).containsExactly("under way");
        assertThat(heard).isEmpty();
        assertThat(waiting).isEmpty();
    }

    @Test
    void aBugIsAnErrorAndTheNextHasItsTurn() {
        ask(1, "bug");
        ask(2, "next");

        waiting.remove().run();
        waiting.remove().run();

        assertThat(heard.getFirst()).contains("\"id\":1,", "unknown_error");
        assertThat(heard.getLast()).contains("\"id\":2,", "\"success\":true");
    }
}
