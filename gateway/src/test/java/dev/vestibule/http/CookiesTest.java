package dev.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.http.Headers.Header;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class CookiesTest {

    private static final String NAME = "__Host-vestibule";

    private static Optional<String> find(String... lines) {
        return Cookies.find(
                new Headers(
                        List.of(lines).stream().map(line -> new Header("cookie", line)).toList()),
                NAME);
    }

    @Test
    void findsTheOneAmongOthers() {
        assertThat(find("a=b; __Host-vestibule=x; __Host-vestibule-signin=y")).contains("x");
        assertThat(find("__Host-vestibule=x=y")).contains("x=y");
    }

    /// Attack F2: a sibling host has planted one beside ours.
    @Test
    void believesNeitherOfTwo() {
        assertThat(find("__Host-vestibule=x; __Host-vestibule=x")).isEmpty();
        assertThat(find("__Host-vestibule=x; a=b;\t__Host-vestibule=evil")).isEmpty();
        assertThat(find("__Host-vestibule=x", "__Host-vestibule=evil")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";;;",
                "__Host-vestibule",
                "__host-vestibule=x",
                "x__Host-vestibule=x",
                "__Host-vestibule-dev=x",
                "a=\"; __Host-vestibulex=x",
                "vestibule-dev=x",
            })
    void takesNoOtherForIt(String line) {
        assertThat(find(line)).isEmpty();
    }

    @Test
    void setsItForThisHostOnlyAndOutOfScriptsSight() {
        assertThat(new SetCookie(NAME, "x", Duration.ofDays(1), true).line())
                .isEqualTo(
                        "__Host-vestibule=x; Path=/; HttpOnly; SameSite=Lax; Secure;"
                                + " Max-Age=86400");
    }
}
