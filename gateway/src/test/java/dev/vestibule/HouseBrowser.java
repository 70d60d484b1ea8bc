package dev.vestibule;

import dev.vestibule.config.Origin;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser before a gateway that trusts a proxy on this machine: it comes from whatever address a
/// test wants. It keeps cookies, says where its forms come from, and follows nothing by itself.
final class HouseBrowser implements AutoCloseable {

    private final Origin origin;
    private final boolean isForwarded;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String address;
    private String site = "same-origin";

    /// @param address an IP literal
    HouseBrowser(GatewayHouse house, String address) {
        this(house.origin(), address, true);
    }

    private HouseBrowser(Origin origin, String address, boolean isForwarded) {
        this.origin = origin;
        this.address = address;
        this.isForwarded = isForwarded;
    }

    /// One that comes to a gateway directly.
    static HouseBrowser before(String origin) {
        return new HouseBrowser(Origin.parse(origin).orElseThrow(), "", false);
    }

    record Answer(int status, String location, String body) {

        /// What a hidden field of the page's form carries.
        String hidden(String name) {
            Matcher field =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(body);
            if (!field.find()) {
                throw new AssertionError("no " + name + " in " + status + " " + body);
            }
            return field.group(1);
        }
    }

    HouseBrowser at(String other) {
        address = other;
        return this;
    }

    /// Further forms are posted by a page of another site.
    HouseBrowser onForeignPage() {
        site = "cross-site";
        return this;
    }

    Answer get(String pathAndQuery) {
        return get(origin.resolve(pathAndQuery));
    }

    Answer get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    /// Goes on while the gateway sends the browser to itself.
    Answer follow(Answer answer) {
        Answer now = answer;
        while (now.location().startsWith(origin + "/auth/")) {
            now = get(URI.create(now.location()));
        }
        return now;
    }

    Answer post(String path, Map<String, String> form) {
        String body =
                form.entrySet().stream()
                        .map(
                                field ->
                                        VisitorBrowser.encode(field.getKey())
                                                + "="
                                                + VisitorBrowser.encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(origin.resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }

    private Answer send(HttpRequest.Builder request) {
        request.header("Sec-Fetch-Site", site);
        if (isForwarded) {
            request.header("X-Forwarded-For", address);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("set-cookie").forEach(this::keep);
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("location").orElse(""),
                    answer.body());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private void keep(String line) {
        String[] pair = line.substring(0, line.indexOf(';')).split("=", 2);
        if (line.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    /// What its cookies carry.
    List<String> cookies() {
        return List.copyOf(cookies.values());
    }

    boolean isSignedIn() {
        return cookies.containsKey("vestibule-dev");
    }

    @Override
    public void close() {
        http.close();
    }
}
