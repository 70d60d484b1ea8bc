package dev.vestibule.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The web view in which a companion app signs in: Chromium under the rules by which the app lets
/// it go somewhere (protocol document, section 8). What it must not open goes to the system's
/// browser, which is another Chromium with cookies of its own. One thread, beside the one on which
/// Chromium tells what it is about to do.
final class AppView implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final String APP_SCHEME = "homeassistant:";

    private final Rules rules;
    private final String host;
    private final Chromium browser = new Chromium();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket control;
    private final AtomicInteger commands = new AtomicInteger();
    private final BlockingQueue<URI> outside = new LinkedBlockingQueue<>();
    private final BlockingQueue<URI> answers = new LinkedBlockingQueue<>();

    /// What an app does with an address.
    enum Rules {
        /// Whatever has another host than the home is cancelled and given to the system's browser;
        /// forms are not asked about. Windows do not open: their page opens in the view.
        ANDROID,
        /// Every host is shown. What would open in a window goes to the system's browser.
        IOS
    }

    /// @param host of the home, without a port: Android compares nothing else
    AppView(Rules rules, String host) {
        this.rules = rules;
        this.host = host;
        this.control =
                http.newWebSocketBuilder()
                        .buildAsync(pageAddress(), new Events())
                        .orTimeout(WAIT_MAX.toSeconds(), TimeUnit.SECONDS)
                        .join();
        send("Fetch.enable", enabling());
    }

    /// Chromium tells before it asks for a document, and again before it follows an answer.
    private static ObjectNode enabling() {
        ObjectNode parameters = JSON.createObjectNode();
        for (String stage : new String[] {"Request", "Response"}) {
            parameters
                    .withArray("patterns")
                    .addObject()
                    .put("urlPattern", "*")
                    .put("resourceType", "Document")
                    .put("requestStage", stage);
        }
        return parameters;
    }

    private URI pageAddress() {
        try {
            String pages =
                    http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://"
                                                                    + browser.debuggerAddress()
                                                                    + "/json"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body();
            for (JsonNode page : JSON.readTree(pages)) {
                if (page.path("type").asText().equals("page")) {
                    return URI.create(page.path("webSocketDebuggerUrl").asText());
                }
            }
            throw new IllegalStateException("Chromium has no page: " + pages);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private final class Events implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode event = read(text.toString());
                text.setLength(0);
                if (event.path("method").asText().equals("Fetch.requestPaused")) {
                    decide(event.path("params"));
                }
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(text, unreadable);
        }
    }

    private void decide(JsonNode paused) {
        ObjectNode which = JSON.createObjectNode();
        which.put("requestId", paused.path("requestId").asText());
        if (paused.has("responseStatusCode")) {
            noteAnswer(paused);
        } else if (isForeign(paused.path("request"))) {
            outside.add(URI.create(paused.path("request").path("url").asText()));
            send("Fetch.failRequest", which.put("errorReason", "Aborted"));
            return;
        }
        send("Fetch.continueRequest", which);
    }

    private boolean isForeign(JsonNode request) {
        return rules == Rules.ANDROID
                && !request.path("method").asText().equals("POST")
                && !host.equals(URI.create(request.path("url").asText()).getHost());
    }

    /// The app takes its code from the address and closes the view. Whether the browser would have
    /// gone there at all, its page's policy permitting, is for the console to say.
    private void noteAnswer(JsonNode paused) {
        for (JsonNode header : paused.path("responseHeaders")) {
            String value = header.path("value").asText();
            if (header.path("name").asText().equalsIgnoreCase("location")
                    && value.startsWith(APP_SCHEME)) {
                answers.add(URI.create(value));
            }
        }
    }

    private void send(String method, ObjectNode parameters) {
        ObjectNode command = JSON.createObjectNode();
        command.put("id", commands.incrementAndGet()).put("method", method);
        command.set("params", parameters);
        control.sendText(command.toString(), true).join();
    }

    Chromium browser() {
        return browser;
    }

    /// A tap on a link, as the app follows it.
    void tap(By link) {
        WebElement element = browser.await(link);
        if (rules == Rules.IOS && "_blank".equals(element.getDomAttribute("target"))) {
            outside.add(URI.create(String.valueOf(element.getDomProperty("href"))));
        } else {
            element.click();
        }
    }

    /// What the system's browser is given.
    URI awaitOutside() {
        return next(outside, "the view left for no other browser");
    }

    boolean hasLeft() {
        return !outside.isEmpty();
    }

    /// The address with which the view is left for the app.
    URI awaitAnswer() {
        return next(answers, "the app was told nothing");
    }

    private static URI next(BlockingQueue<URI> queue, String otherwise) {
        try {
            URI next = queue.poll(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError(otherwise);
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        control.abort();
        http.close();
        browser.close();
    }
}
