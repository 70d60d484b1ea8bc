package dev.vestibule.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// An identity system that sends as fast as it is answered, over a few connections. One thread uses
/// it.
final class ScimLoad implements AutoCloseable {

    static final int CONNECTIONS = 4;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
    private final URI base;
    private final String token;
    private final Program gateway;

    ScimLoad(Contender gateway, String token) {
        this.base = gateway.address().resolve("/scim/v2");
        this.token = token;
        this.gateway = gateway.program();
    }

    /// What came back, and after how long.
    private record Answered(String body, double millis) {}

    /// What was measured, and what was answered, in the order of the calls.
    record Done(Sent sent, List<String> bodies) {

        List<String> ids() {
            return bodies.stream().map(body -> json(body).path("id").asText()).toList();
        }
    }

    /// Sends all calls, each as soon as one of the connections is free.
    Done send(List<ScimCall> calls) {
        Duration processor = gateway.processorTime();
        long begun = System.nanoTime();
        List<Future<Answered>> sent = new ArrayList<>();
        for (ScimCall call : calls) {
            sent.add(connections.submit(() -> answer(call)));
        }
        List<Answered> answers = sent.stream().map(ScimLoad::get).toList();
        Duration whole = Duration.ofNanos(System.nanoTime() - begun);
        return new Done(
                Sent.of(
                        answers.stream().map(Answered::millis).toList(),
                        whole,
                        gateway.processorTime().minus(processor)),
                answers.stream().map(Answered::body).toList());
    }

    private Answered answer(ScimCall call) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + call.path()))
                        .timeout(ANSWER_MAX)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/scim+json")
                        .method(
                                call.method(),
                                call.body().isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(call.body()))
                        .build();
        long begun = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            double millis = (System.nanoTime() - begun) / 1e6;
            if (response.statusCode() != call.status()) {
                throw new BenchmarkFailed(
                        "%s %s was answered %d instead of %d: %s"
                                .formatted(
                                        call.method(),
                                        call.path(),
                                        response.statusCode(),
                                        call.status(),
                                        response.body()));
            }
            return new Answered(response.body(), millis);
        } catch (IOException problem) {
            throw new BenchmarkFailed(call.method() + " " + call.path() + " failed", problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailed("interrupted", interrupted);
        }
    }

    private static Answered get(Future<Answered> sent) {
        try {
            return sent.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof BenchmarkFailed why
                    ? why
                    : new BenchmarkFailed("a request failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailed("interrupted", interrupted);
        }
    }

    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException unreadable) {
            throw new BenchmarkFailed("an answer is not JSON: " + body, unreadable);
        }
    }

    @Override
    public void close() {
        connections.shutdownNow();
        http.shutdownNow();
    }
}
