package dev.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.LoopbackPort;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

class DemoCheckTest {

    private static final long RECORD_BYTES_MAX = 16 * 1024 * 1024;

    @Test
    void walksEveryStepOfTheDemo() {
        StringWriter lines = new StringWriter();

        assertThat(check(lines, false)).isTrue();

        assertThat(lines.toString().lines().map(line -> line.split(" ", 3)[1]))
                .containsExactly(
                        "anonymous-kept-out",
                        "sign-in",
                        "provisioned",
                        "token",
                        "websocket",
                        "service-call",
                        "refresh",
                        "revoke-closes-socket",
                        "refused-person",
                        "suspended-everything-dead",
                        "suspended-while-home-down",
                        "restored-old-tokens-stay-dead",
                        "back-channel-logout",
                        "scim-create",
                        "scim-group-role",
                        "scim-deactivate-closes-socket",
                        "scim-foreign-tenant-blind",
                        "kiosk",
                        "hand-off",
                        "consent-for-unknown-client",
                        "assertion",
                        "local-login-off",
                        "break-glass");
        assertThat(lines.toString().lines()).allMatch(line -> line.matches("ok \\S+ \\d+"));
    }

    @Test
    void saysWhichStepFailsAndStops() {
        StringWriter lines = new StringWriter();

        assertThat(check(lines, true)).isFalse();

        assertThat(lines.toString().lines().toList().getLast()).startsWith("fail sign-in ");
    }

    private static boolean check(StringWriter lines, boolean isProviderAway) {
        try (DemoHouse house = DemoHouse.start(LoopbackPort.free(), RECORD_BYTES_MAX);
                DemoCheck check = new DemoCheck(house, new PrintWriter(lines))) {
            if (isProviderAway) {
                house.provider().goAway();
            }
            return check.run();
        }
    }
}
