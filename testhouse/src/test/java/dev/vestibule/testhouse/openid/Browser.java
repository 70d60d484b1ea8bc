package dev.vestibule.testhouse.openid;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A plain HTTP client with cookies that follows nothing by itself.
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(PATIENCE)
                    .build();

    HttpResponse<String> get(URI target, String... headers) throws IOException {
        return send(with(HttpRequest.newBuilder(target), headers).GET());
    }

    HttpResponse<String> post(URI target, Map<String, String> form, String... headers)
            throws IOException {
        String body = Parameters.write(List.copyOf(form.entrySet()));
        return send(
                with(HttpRequest.newBuilder(target), headers)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(
                    request.timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", problem);
        }
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
