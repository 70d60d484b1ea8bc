package dev.vestibule.testhouse.openid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Posts logout tokens, OpenID Connect Back-Channel Logout 1.0 section 2.5.
final class BackChannel implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(PATIENCE)
                    .build();

    HttpResponse<String> post(URI target, String logoutToken) {
        return postForm(target, Parameters.write(List.of(Map.entry("logout_token", logoutToken))));
    }

    HttpResponse<String> postForm(URI target, String form) {
        HttpRequest request =
                HttpRequest.newBuilder(target)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new UncheckedIOException("no answer to a logout token", problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending a logout token", problem);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
