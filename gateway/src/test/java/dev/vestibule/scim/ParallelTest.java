package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Many requests at once come one after the other.
class ParallelTest {

    private static final int MANY = 24;

    private final ScimDesk desk = new ScimDesk();
    private final ScimClient entra = desk.client("entra");

    @AfterEach
    void close() {
        desk.close();
    }

    private static List<Integer> statuses(IntFunction<ScimClient.Answer> request)
            throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < MANY; i++) {
                int number = i;
                answers.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return request.apply(number).status();
                                }));
            }
            start.countDown();
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        return statuses;
    }

    @Test
    void nobodyWhoIsAddedWhileOthersAreIsLost() throws Exception {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            users.add(entra.createUser("user" + i));
        }
        String family = entra.createGroup("Family");

        List<Integer> statuses =
                statuses(
                        i ->
                                entra.patchOperations(
                                        "/Groups/" + family,
                                        "{'op':'Add','path':'members','value':[{'value':'%s'}]}"
                                                .formatted(users.get(i))));

        assertThat(statuses).hasSize(MANY).containsOnly(204);
        assertThat(entra.get("/Groups/" + family).json().path("members"))
                .extracting(member -> member.path("value").asText())
                .containsExactlyInAnyOrderElementsOf(users);
        assertThat(entra.get("/Groups/" + family).header("etag"))
                .isEqualTo("W/\"" + (MANY + 1) + "\"");
        for (String user : users) {
            assertThat(entra.get("/Users/" + user).json().path("groups")).hasSize(1);
        }
    }

    @Test
    void ofManyWhoMakeTheSamePersonOneDoes() throws Exception {
        List<Integer> statuses =
                statuses(i -> entra.post("/Users", ScimClient.user("ada", "ext" + i)));

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        assertThat(entra.names("/Users", "userName pr")).containsExactly("ada");
    }

    @Test
    void ofManyWhoChangeTheSameVersionOneDoes() throws Exception {
        String ada = entra.createUser("ada");

        List<Integer> statuses =
                statuses(
                        i ->
                                entra.patchOperations(
                                        "/Users/" + ada,
                                        "{'op':'replace','path':'displayName','value':'%d'}"
                                                .formatted(i),
                                        "If-Match",
                                        "W/\"1\""));

        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
    }

    @Test
    void aPersonWhoIsDeletedWhileTheyAreAddedIsInNoGroup() throws Exception {
        String ada = entra.createUser("ada");
        String family = entra.createGroup("Family");

        statuses(
                i ->
                        i == MANY / 2
                                ? entra.delete("/Users/" + ada)
                                : entra.patchOperations(
                                        "/Groups/" + family,
                                        "{'op':'Add','path':'members','value':[{'value':'%s'}]}"
                                                .formatted(ada)));

        assertThat(entra.get("/Groups/" + family).json().path("members")).isEmpty();
        entra.get("/Users/" + ada).expectError(404, "");
    }
}
