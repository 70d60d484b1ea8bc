package dev.vestibule.testhouse.home;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.net.URI;

/// A real house keeps the contract: `-Dhome.url=http://127.0.0.1:8123 -Dhome.token=...`, the token
/// being an administrator's long-lived one. Without these the build leaves this class out.
@Tag("real-home")
final class RealHomeAssistantContractTest extends HomeAssistantContract {

    RealHomeAssistantContractTest() {
        super(
                new Target(
                        URI.create(System.getProperty("home.url")),
                        System.getProperty("home.token"),
                        () -> {}));
    }

    @Override
    @Test
    void anUnauthenticatedSocketIsClosedAfterTenSeconds() {
        super.anUnauthenticatedSocketIsClosedAfterTenSeconds();
    }
}
