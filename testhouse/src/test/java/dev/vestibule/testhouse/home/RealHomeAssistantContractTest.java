package dev.vestibule.testhouse.home;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.net.URI;

/// A real house keeps the contract: `-Dhome.url=http://127.0.0.1:8123 -Dhome.token=...`, the token
/// being an administrator's long-lived one.
@EnabledIfSystemProperty(named = "home.url", matches = "http.*")
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
