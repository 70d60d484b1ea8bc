package dev.vestibule.oidc;

import dev.vestibule.http.Parameters;
import dev.vestibule.secret.Secrets;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// A scripted provider that knows Ada, us as its relying party, and a browser that walks between.
final class ProviderHouse implements AutoCloseable {

    static final String CLIENT_ID = "vestibule";
    static final String CLIENT_SECRET = "s:e%c+r&t ü";
    static final URI CALLBACK = URI.create("http://127.0.0.1:9/auth/vestibule/oidc/home/callback");
    static final URI SIGNED_OUT = URI.create("http://127.0.0.1:9/auth/vestibule/signed-out");

    /// Long, because the machine that runs the tests may be busy.
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    final TestClock clock = new TestClock(Instant.parse("2026-11-24T12:00:00Z"));
    final ScriptedOpenIdProvider provider;
    final OpenIdProvider party;
    private final HttpClient browser =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ProviderHouse() {
        this(options -> options, _ -> {});
    }

    ProviderHouse(UnaryOperator<ProviderOptions> options, Consumer<ConfigDraft> changes) {
        provider =
                ScriptedOpenIdProvider.start(
                        options.apply(ProviderOptions.defaults().withTime(clock)));
        provider.register(
                RegisteredClient.secretBasic(CLIENT_ID, CLIENT_SECRET, CALLBACK)
                        .withPostLogoutRedirectUri(SIGNED_OUT));
        provider.addPerson(Person.of("ada", "Ada Lovelace").withGroups("family", "admins"));
        provider.signInAutomaticallyAs("ada");
        party = newParty(changes);
    }

    static ProviderHouse with(UnaryOperator<ProviderOptions> options) {
        return new ProviderHouse(options, _ -> {});
    }

    static ProviderHouse configured(Consumer<ConfigDraft> changes) {
        return new ProviderHouse(options -> options, changes);
    }

    /// Another relying party at the same provider, which has fetched nothing yet.
    OpenIdProvider newParty(Consumer<ConfigDraft> changes) {
        return newParty(changes, PATIENCE);
    }

    OpenIdProvider newParty(Consumer<ConfigDraft> changes, Duration patience) {
        ConfigDraft draft = new ConfigDraft(provider.issuer());
        changes.accept(draft);
        return new OpenIdProvider(clock, new Secrets(), draft.finish(), patience);
    }

    AuthorizationStart begin() {
        return party.begin(CALLBACK, Prompt.AS_NEEDED);
    }

    SignInResult signIn() {
        return signIn(Prompt.AS_NEEDED);
    }

    SignInResult signIn(Prompt prompt) {
        return signIn(party, prompt);
    }

    SignInResult signIn(OpenIdProvider at, Prompt prompt) {
        AuthorizationStart start = at.begin(CALLBACK, prompt);
        return at.complete(walk(start), start.pending());
    }

    VerifiedIdentity signedIn() {
        return switch (signIn()) {
            case SignInResult.Verified(var identity) -> identity;
            case SignInResult.RefusedByProvider other -> throw new AssertionError(other);
            case SignInResult.Rejected other -> throw new AssertionError(other);
        };
    }

    /// What the provider's answer carries, by whichever way it comes to our callback.
    AuthorizationResponseParameters walk(AuthorizationStart start) {
        HttpResponse<String> response = get(start.location());
        return new AuthorizationResponseParameters(
                response.statusCode() == 303
                        ? queryOf(location(response))
                        : fieldsOf(response.body()));
    }

    static URI location(HttpResponse<String> response) {
        return URI.create(response.headers().firstValue("Location").orElseThrow());
    }

    static Parameters queryOf(URI uri) {
        String query = uri.getRawQuery();
        return query == null ? Parameters.NONE : Parameters.parse(query);
    }

    private static Parameters fieldsOf(String page) {
        List<Parameters.Parameter> fields = new ArrayList<>();
        FIELD.matcher(page)
                .results()
                .forEach(
                        field ->
                                fields.add(
                                        new Parameters.Parameter(field.group(1), field.group(2))));
        return new Parameters(fields);
    }

    HttpResponse<String> get(URI uri) {
        try {
            return browser.send(
                    HttpRequest.newBuilder(uri).GET().build(),
                    BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new AssertionError(problem);
        }
    }

    int count(Endpoint endpoint) {
        return provider.count(endpoint);
    }

    @Override
    public void close() {
        party.close();
        browser.shutdownNow();
        provider.close();
    }
}
