package dev.vestibule;

import dev.vestibule.audit.Actor;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.scim.ScimClient;
import dev.vestibule.scim.ScimClient.Answer;
import dev.vestibule.tenant.NewTenant;
import dev.vestibule.tenant.TenantName;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A [TestHouse] to which identity systems send people, over real HTTP.
public final class ScimHouse implements AutoCloseable {

    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private final TestHouse house;
    private final HttpClient http = HttpClient.newHttpClient();

    ScimHouse() {
        this(new TestHouse());
    }

    /// @param house is closed with this
    public ScimHouse(TestHouse house) {
        this.house = house;
    }

    public TestHouse house() {
        return house;
    }

    /// A client whose people are those of the house's provider.
    public ScimClient client(String name) {
        return bearer("Bearer " + tokenOf(name));
    }

    String tokenOf(String name) {
        NewTenant tenant = new NewTenant(new TenantName(name), Optional.of("op"), List.of());
        return house.gateway().facts().tenants().add(tenant, Actor.CONSOLE).orElseThrow().reveal();
    }

    /// Somebody who shows this.
    ScimClient bearer(String authorization) {
        return new ScimClient(
                (method, path, headers, body) -> ask(authorization, method, path, headers, body));
    }

    private Answer ask(
            String authorization, String method, String path, List<Header> headers, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(house.at("/scim/v2") + path))
                        .timeout(WAIT_MAX)
                        .method(
                                method,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        headers.forEach(header -> request.header(header.name(), header.value()));
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    new Headers(
                            answer.headers().map().entrySet().stream()
                                    .flatMap(
                                            entry ->
                                                    entry.getValue().stream()
                                                            .map(
                                                                    value ->
                                                                            new Header(
                                                                                    entry.getKey(),
                                                                                    value)))
                                    .toList()),
                    answer.body());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        http.close();
        house.close();
    }
}
