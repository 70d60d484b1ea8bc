package dev.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NextPageTest {

    private final LoginHouse house = new LoginHouse();
    private final TestBrowser browser = house.browser();

    @BeforeAll
    void signIn() {
        house.signIn(browser);
    }

    @AfterAll
    void close() {
        house.close();
    }

    private URI next(String next) {
        return browser.get("/auth/vestibule/sign-in?next=" + TestBrowser.encode(next)).location();
    }

    @Test
    void bringsTheBrowserToAPageOfTheHome() {
        assertThat(next("/lovelace/0?kiosk=1"))
                .hasToString("https://home.example.org/lovelace/0?kiosk=1");
    }

    @Test
    void remembersThePageWhileThePersonIsAtTheProvider() {
        TestBrowser stranger = house.browser();
        URI left = stranger.get("/auth/vestibule/sign-in?next=%2Fenergy").location();

        assertThat(TestBrowser.location(stranger.open(house.visit(left))))
                .hasToString("https://home.example.org/energy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example/",
                "/\\evil.example",
                "/%09/evil.example",
                "/%0d%0aSet-Cookie: a=b",
                "https://evil.example/",
                "https:evil.example",
                "\\\\evil.example",
                "@evil.example",
                "data:text/html,x",
                "javascript:alert(1)",
                "/a/../../evil",
                "/\uff0fevil.example",
                "/auth/authorize?client_id=x",
                "/x?{|}^",
            })
    void goesNowhereElse(String next) {
        assertThat(next(next)).hasToString("https://home.example.org/");
    }
}
