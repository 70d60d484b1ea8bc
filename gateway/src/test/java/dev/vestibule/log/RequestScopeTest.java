package dev.vestibule.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

final class RequestScopeTest {

    @Test
    void workHasTheNumberOfItsRequestAndNothingElseHas() {
        assertThat(RequestScope.current()).isEmpty();
        RequestScope.run(
                "a",
                () -> {
                    assertThat(RequestScope.call("b", RequestScope::current)).isEqualTo("b");
                    assertThat(RequestScope.current()).isEqualTo("a");
                });
        assertThat(RequestScope.current()).isEmpty();
    }

    @Test
    void anotherThreadKnowsItWhereTheWorkIsKeptForTheRequest()
            throws ExecutionException, InterruptedException {
        try (ExecutorService others = Executors.newSingleThreadExecutor()) {
            Future<String> kept =
                    RequestScope.call(
                            "a", () -> others.submit(RequestScope.kept(RequestScope::current)));
            Future<String> given =
                    RequestScope.call("a", () -> others.submit(RequestScope::current));

            assertThat(kept.get()).isEqualTo("a");
            assertThat(given.get()).isEmpty();
        }
    }

    @Test
    void whatFollowsLaterIsOfTheRequestThatBeganIt() {
        Function<String, String> later =
                RequestScope.call(
                        "a", () -> RequestScope.kept(given -> given + RequestScope.current()));

        assertThat(RequestScope.call("b", () -> later.apply("of "))).isEqualTo("of a");
    }
}
