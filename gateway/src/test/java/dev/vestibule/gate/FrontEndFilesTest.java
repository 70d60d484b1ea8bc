package dev.vestibule.gate;

import static dev.vestibule.gate.Passing.ask;
import static dev.vestibule.gate.Passing.passes;
import static dev.vestibule.gate.Passing.refuses;
import static dev.vestibule.gate.Passing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.config.RoutesConfig.PublicFiles;
import dev.vestibule.config.RoutesConfig.Shell;
import dev.vestibule.gate.TestGate.Setting;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Who gets the front end's files and the house's public ones, and from where.
class FrontEndFilesTest {

    private static Setting with(Shell shell, PublicFiles files) {
        Setting setting = new Setting();
        setting.routes = new RoutesConfig(shell, files, RoutesConfig.Capability.KNOWN);
        return setting;
    }

    @Test
    void publicFilesAskForASession() throws IOException {
        try (TestGate gate = new TestGate()) {
            refuses(gate, TestGate.anonymous("GET", "/local/a.js", "Accept: text/html"), 401);
            passes(gate, TestGate.anonymous("GET", "/local/a.js", session(gate)));
        }
    }

    @Test
    void publicFilesMayBeOpened() throws IOException {
        Setting setting = with(Shell.CACHED, PublicFiles.OPEN);
        try (TestGate gate = new TestGate(setting)) {
            passes(gate, TestGate.anonymous("GET", "/local/a.js"));
        }
    }

    @Test
    void theShellIsAnsweredFromTheCopyWithABrowserId() throws IOException {
        try (TestGate gate = new TestGate()) {
            RawClient.Answer anybody = ask(gate, TestGate.anonymous("GET", "/lovelace/0"));
            RawClient.Answer known = ask(gate, TestGate.anonymous("GET", "/", session(gate)));

            assertThat(anybody.body()).isEqualTo("the copy");
            assertThat(anybody.header("set-cookie"))
                    .hasValueSatisfying(
                            cookie ->
                                    assertThat(cookie)
                                            .startsWith("__Host-vestibule-browser=")
                                            .contains("Secure", "HttpOnly", "Path=/"));
            assertThat(anybody.header("cache-control")).contains("private, no-cache");
            assertThat(known.body()).isEqualTo("the copy, and more");
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void theShellMayAskForASession() throws IOException {
        Setting setting = with(Shell.SESSION, PublicFiles.SESSION);
        try (TestGate gate = new TestGate(setting)) {
            refuses(gate, TestGate.anonymous("GET", "/static/a.js"), 401);
            assertThat(ask(gate, TestGate.anonymous("GET", "/", session(gate))).body())
                    .isEqualTo("the copy, and more");
        }
    }

    @Test
    void aShellThatAsksForASessionAsksFromWhereToo() throws IOException {
        Setting setting = with(Shell.SESSION, PublicFiles.SESSION);
        AtomicReference<AccountId> only = new AtomicReference<>(new AccountId("nobody"));
        setting.places = TestGate.onlyAtHome(only::get, List.of());
        try (TestGate gate = new TestGate(setting)) {
            only.set(gate.ada.id());

            refuses(gate, TestGate.anonymous("GET", "/", session(gate)), 403);
        }
    }

    @Test
    void whoMayNotComeInFromThereGetsTheCopyOfEverybody() throws IOException {
        Setting setting = new Setting();
        AtomicReference<AccountId> only = new AtomicReference<>(new AccountId("nobody"));
        setting.places = TestGate.onlyAtHome(only::get, List.of());
        try (TestGate gate = new TestGate(setting)) {
            only.set(gate.ada.id());

            assertThat(ask(gate, TestGate.anonymous("GET", "/", session(gate))).body())
                    .isEqualTo("the copy");
        }
    }

    @Test
    void anOpenShellOpensNoOtherPath() throws IOException {
        Setting setting = with(Shell.OPEN, PublicFiles.SESSION);
        try (TestGate gate = new TestGate(setting)) {
            assertThat(ask(gate, TestGate.anonymous("GET", "/some_callback")).body())
                    .isEqualTo("the copy");
            assertThat(gate.home.received()).isEmpty();
            passes(gate, TestGate.anonymous("GET", "/static/a.js"));
        }
    }
}
