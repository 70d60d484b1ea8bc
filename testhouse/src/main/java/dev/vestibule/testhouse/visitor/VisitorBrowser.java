package dev.vestibule.testhouse.visitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;

/// As much of a browser as a walk through the house needs: cookies by host and port, and redirects
/// that it follows itself. One thread.
public final class VisitorBrowser implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final int REDIRECTS_MAX = 10;

    private final HttpClient http;
    private final Map<String, Map<String, String>> cookies = new LinkedHashMap<>();
    private String[] carried = {};

    public VisitorBrowser() {
        this(client());
    }

    /// A browser whose connections come from one of this machine's addresses.
    public VisitorBrowser(InetAddress from) {
        this(client().localAddress(from));
    }

    /// As [#VisitorBrowser(InetAddress)], for a house whose certificate a household signed.
    public VisitorBrowser(InetAddress from, SSLContext trusting) {
        this(client().localAddress(from).sslContext(trusting));
    }

    private VisitorBrowser(HttpClient.Builder client) {
        this.http = client.build();
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(ANSWER_MAX);
    }

    /// The `Cookie` line that it sends there, for somebody who steals it.
    public String cookies(URI uri) {
        return cookies.getOrDefault(uri.getAuthority(), Map.of()).entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /// @param location where a redirect leads; empty where the answer is none
    public record Answer(int status, String location, String body) {}

    /// Every request carries these from now on, as a proxy on the way adds them.
    ///
    /// @param headers names and values in turn; none takes the last ones away
    public void carry(String... headers) {
        carried = headers.clone();
    }

    /// What [#carry] was told, for a socket beside the browser.
    public String[] carried() {
        return carried.clone();
    }

    public Answer get(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request, uri);
    }

    public Answer postForm(URI uri, Map<String, String> fields, String... headers) {
        String body =
                fields.entrySet().stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request, uri);
    }

    /// As Home Assistant's front end posts its token requests.
    public Answer postMultipart(URI uri, Map<String, String> fields) {
        String boundary = "----demo-boundary";
        String body =
                fields.entrySet().stream()
                                .map(field -> part(boundary, field.getKey(), field.getValue()))
                                .collect(Collectors.joining())
                        + "--"
                        + boundary
                        + "--\r\n";
        return send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(BodyPublishers.ofString(body)),
                uri);
    }

    private static String part(String boundary, String name, String value) {
        return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(boundary, name, value);
    }

    public Answer postJson(URI uri, String json, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request, uri);
    }

    /// Follows redirects until one leads to the given address, or until there is none.
    public Answer walk(URI start, String until) {
        Answer answer = get(start);
        URI at = start;
        for (int i = 0; i < REDIRECTS_MAX && !answer.location().isEmpty(); i++) {
            URI next = at.resolve(answer.location());
            if (next.toString().startsWith(until)) {
                return answer;
            }
            at = next;
            answer = get(at);
        }
        return answer;
    }

    private Answer send(HttpRequest.Builder request, URI uri) {
        Map<String, String> jar =
                cookies.computeIfAbsent(uri.getAuthority(), _ -> new LinkedHashMap<>());
        if (carried.length > 0) {
            request.headers(carried);
        }
        if (!jar.isEmpty()) {
            request.header("Cookie", cookies(uri));
        }
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(ANSWER_MAX).build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(line -> keep(jar, line));
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse(""),
                    response.body());
        } catch (IOException problem) {
            throw new VisitorFailed("no answer from " + uri.getAuthority() + ": " + problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VisitorFailed("interrupted");
        }
    }

    private static void keep(Map<String, String> jar, String line) {
        String pair = line.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (line.contains("Max-Age=0")) {
            jar.remove(name);
        } else {
            jar.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// The value of a cookie that a host and port has set; empty text where it has none.
    public String cookie(String authority, String name) {
        return cookies.getOrDefault(authority, Map.of()).getOrDefault(name, "");
    }

    public HttpClient http() {
        return http;
    }

    @Override
    public void close() {
        http.close();
    }
}
