package dev.vestibule.homeassistant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.vestibule.config.HomeAssistantConfig;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

/// Plain HTTP exchanges with one Home Assistant, and the opening of its websocket. Every call waits
/// for a limited time, reads a limited body and follows no redirect. Safe to share between threads.
///
/// What only a fault explains (no connection, no answer in time, a status of 500 and above, an
/// answer that is no JSON where JSON is due) becomes [HomeAssistantUnavailable].
final class Transport implements AutoCloseable {

    private final String base;
    private final TransportLimits limits;
    private final HttpClient client;

    Transport(HomeAssistantConfig config, TransportLimits limits) {
        this.base = HomeAssistantHttp.base(config);
        this.limits = limits;
        this.client = HomeAssistantHttp.client(config, limits.connect());
    }

    /// An answer below 500.
    ///
    /// @param body missing when the answer was no JSON
    record Answer(int status, JsonNode body) {

        boolean isJson() {
            return !body.isMissingNode();
        }
    }

    Answer get(String path, ForwardedFor forwardedFor) {
        return exchange(request(path, forwardedFor).GET());
    }

    Answer delete(String path, ForwardedFor forwardedFor) {
        return exchange(request(path, forwardedFor).DELETE());
    }

    Answer postJson(String path, Map<String, ?> body, ForwardedFor forwardedFor) {
        return exchange(
                request(path, forwardedFor)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(body))));
    }

    Answer postForm(String path, Map<String, String> fields, ForwardedFor forwardedFor) {
        String form =
                fields.entrySet().stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        return exchange(
                request(path, forwardedFor)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, ForwardedFor forwardedFor) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(limits.answer());
        forwardedFor.header().ifPresent(value -> request.header(ForwardedFor.NAME, value));
        return request;
    }

    private Answer exchange(HttpRequest.Builder request) {
        HttpResponse<byte[]> response =
                await(
                        client.sendAsync(
                                request.build(),
                                BodyHandlers.limiting(
                                        BodyHandlers.ofByteArray(), limits.bodyBytesMax())),
                        limits.answer());
        if (response.statusCode() >= 500) {
            throw new HomeAssistantUnavailable(
                    "Home Assistant answered with status " + response.statusCode());
        }
        return new Answer(response.statusCode(), json(response));
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/json")) {
            return MissingNode.getInstance();
        }
        try {
            return Json.MAPPER.readTree(response.body());
        } catch (JsonProcessingException unreadable) {
            throw new HomeAssistantUnavailable("Home Assistant's JSON is broken", unreadable);
        } catch (IOException unreadable) {
            throw new HomeAssistantUnavailable("Home Assistant's answer is broken", unreadable);
        }
    }

    /// Opens the websocket, unauthenticated.
    WebSocket openSocket(WebSocket.Listener listener, ForwardedFor forwardedFor) {
        // Scheme http becomes ws, https becomes wss.
        URI uri = URI.create("ws" + base.substring("http".length()) + "/api/websocket");
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(limits.connect());
        forwardedFor.header().ifPresent(value -> builder.header(ForwardedFor.NAME, value));
        return await(builder.buildAsync(uri, listener), limits.answer());
    }

    /// Waits for a result; what takes too long is given up and cut off.
    static <T> T await(CompletableFuture<T> result, Duration limit) {
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            result.cancel(true);
            throw new HomeAssistantUnavailable("Home Assistant did not answer in time", late);
        } catch (InterruptedException interrupted) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new HomeAssistantUnavailable(
                    "The wait for Home Assistant was ended", interrupted);
        } catch (ExecutionException failed) {
            throw unavailable(failed.getCause());
        }
    }

    private static HomeAssistantUnavailable unavailable(@Nullable Throwable cause) {
        return switch (cause) {
            case HomeAssistantUnavailable known -> known;
            case WebSocketHandshakeException refused ->
                    new HomeAssistantUnavailable(
                            "Home Assistant refused the websocket with status "
                                    + refused.getResponse().statusCode(),
                            refused);
            case ConnectException refused when isUnresolved(refused) ->
                    HomeAssistantUnavailable.unreached(
                            "Home Assistant cannot be reached: its name is unknown", refused);
            case ConnectException refused ->
                    HomeAssistantUnavailable.unreached(
                            "Home Assistant cannot be reached: nothing answers at its address",
                            refused);
            case HttpConnectTimeoutException late ->
                    HomeAssistantUnavailable.unreached(
                            "Home Assistant cannot be reached: no connection in time", late);
            case SSLException broken ->
                    new HomeAssistantUnavailable(
                            "Home Assistant cannot be reached by https: " + broken.getMessage(),
                            broken);
            case null, default ->
                    new HomeAssistantUnavailable("Home Assistant cannot be reached", cause);
        };
    }

    private static boolean isUnresolved(Throwable cause) {
        return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                .anyMatch(UnresolvedAddressException.class::isInstance);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
