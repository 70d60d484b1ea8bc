package dev.vestibule.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The people of the house and their identity provider. Each signs in as in a browser: authorize,
/// the provider, callback, code, token.
final class People implements AutoCloseable {

    static final String PROVIDER = "benchmark";
    static final String CLIENT_ID = "vestibule-benchmark";
    static final String CLIENT_SECRET = "known-to-everybody-on-this-machine";
    static final String GROUP = "family";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final ScriptedOpenIdProvider provider = ScriptedOpenIdProvider.start();
    private final URI gateway;

    People(URI gateway) {
        this.gateway = gateway;
        provider.register(
                RegisteredClient.secretBasic(
                        CLIENT_ID,
                        CLIENT_SECRET,
                        gateway.resolve("/auth/vestibule/callback/" + PROVIDER)));
    }

    URI issuer() {
        return provider.issuer();
    }

    /// Signs somebody in who has never been here, and gives their access token.
    String signIn(String name) {
        provider.addPerson(Person.of(name, name).withGroups(GROUP));
        provider.signInAutomaticallyAs(name);
        String clientId = gateway + "/";
        String redirectUri = gateway + "/?auth_callback=1";
        try (VisitorBrowser browser = new VisitorBrowser()) {
            Answer back = browser.walk(authorize(clientId, redirectUri), redirectUri);
            Matcher code = CODE.matcher(back.location());
            if (!code.find()) {
                throw new BenchmarkFailed("a sign-in ended with " + back);
            }
            return accessToken(
                    browser.postForm(
                            gateway.resolve("/auth/token"),
                            Map.of(
                                    "grant_type",
                                    "authorization_code",
                                    "code",
                                    code.group(1),
                                    "client_id",
                                    clientId)));
        }
    }

    private URI authorize(String clientId, String redirectUri) {
        return gateway.resolve(
                "/auth/authorize?response_type=code&client_id="
                        + VisitorBrowser.encode(clientId)
                        + "&redirect_uri="
                        + VisitorBrowser.encode(redirectUri));
    }

    private static String accessToken(Answer answer) {
        try {
            JsonNode token = JSON.readTree(answer.body()).path("access_token");
            if (answer.status() == 200 && token.isTextual()) {
                return token.asText();
            }
        } catch (JsonProcessingException unreadable) {
            throw new BenchmarkFailed("the token's answer is not JSON", unreadable);
        }
        throw new BenchmarkFailed("no token was given: " + answer);
    }

    @Override
    public void close() {
        provider.close();
    }
}
