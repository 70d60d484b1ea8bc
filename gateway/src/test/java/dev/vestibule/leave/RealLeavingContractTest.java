package dev.vestibule.leave;

import org.junit.jupiter.api.Tag;

import java.net.URI;

/// A real house: `-Dhome.url=http://127.0.0.1:8123 -Dhome.token=...`, the token being an
/// administrator's long-lived one. Without these the build leaves this class out.
@Tag("real-home")
final class RealLeavingContractTest extends LeavingContract {

    RealLeavingContractTest() {
        super(
                new Target(
                        URI.create(System.getProperty("home.url")),
                        System.getProperty("home.token"),
                        () -> {}));
    }
}
