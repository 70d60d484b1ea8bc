package dev.vestibule.client;

import dev.vestibule.TestFacts;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;

import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/// A home as far as its clients go.
final class ClientHouse {

    static final ClientAddress ASKING = new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.7"));

    private ClientHouse() {}

    static ClientJudgement judge(ClientsConfig config, String clientId, String redirectUri) {
        return clients(config, new ClientDocuments(InstantSource.system()))
                .judge(clientId, redirectUri, ASKING);
    }

    static Clients clients(ClientsConfig config, ClientDocuments documents) {
        return new Clients(
                new HomeConfig(
                        TestFacts.HOME,
                        Origin.parse("https://home.example.org").orElseThrow(),
                        List.of(Origin.parse("https://home.lan:8124").orElseThrow()),
                        false,
                        new HomeAssistantConfig(
                                URI.create("http://localhost:8123"),
                                new Secret("unused"),
                                List.of()),
                        Defaults.ROLES,
                        Defaults.ROUTES,
                        Defaults.SESSION,
                        Defaults.APPS,
                        Defaults.SIGN_IN,
                        config,
                        Defaults.EXISTING_TOKENS,
                        Defaults.LONG_LIVED_TOKENS,
                        Defaults.WEBHOOK_MIGRATION),
                documents);
    }
}
