package dev.vestibule.benchmarks;

import dev.vestibule.benchmarks.Answers.Answer;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Requests through a signed-in session, against the same requests through another.
final class HttpComparison {

    private final House house;
    private final Plan plan;
    private final Wrk wrk;

    HttpComparison(House house, Plan plan) {
        this.house = house;
        this.plan = plan;
        this.wrk = new Wrk(house.directory());
    }

    /// Makes sure that what is measured is what should be: the gateway refuses a stranger, and
    /// whoever is let through gets the right bytes.
    void check() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Answer answer : Answers.ALL) {
                int status = ask(http, HttpRequest.newBuilder(), house.gateway(), answer);
                if (status != 401) {
                    throw new BenchmarkFailed("a stranger was answered " + status + ", not 401");
                }
                for (Contender contender : List.of(house.gateway(), house.plainNginx())) {
                    HttpRequest.Builder request =
                            HttpRequest.newBuilder()
                                    .header("Authorization", "Bearer " + house.bearer());
                    int signedIn = ask(http, request, contender, answer);
                    if (signedIn != 200) {
                        throw new BenchmarkFailed(
                                contender.name() + " answered " + signedIn + ", not 200");
                    }
                }
            }
        }
    }

    private static int ask(
            HttpClient http, HttpRequest.Builder request, Contender contender, Answer answer) {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request.uri(contender.at(answer.path())).build(),
                            BodyHandlers.ofByteArray());
            if (response.statusCode() == 200 && !answer.isBody(response.body())) {
                throw new BenchmarkFailed(contender.name() + " changed the body of an answer");
            }
            return response.statusCode();
        } catch (IOException problem) {
            throw new BenchmarkFailed("no answer from " + contender.name(), problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailed("interrupted", interrupted);
        }
    }

    /// @return the rounds for each length of answer, in order
    Map<Answer, Rounds> measure() {
        for (Answer answer : Answers.ALL) {
            var _ = turn(house.gateway(), answer, plan.httpWarmUp());
            var _ = turn(house.plainNginx(), answer, Duration.ofSeconds(1));
        }
        Map<Answer, Rounds> all = new LinkedHashMap<>();
        for (Answer answer : Answers.ALL) {
            all.put(
                    answer,
                    Rounds.take(
                            plan.httpRounds(),
                            house.gateway(),
                            house.plainNginx(),
                            contender -> turn(contender, answer, plan.httpTurn())));
        }
        return all;
    }

    private Turn turn(Contender contender, Answer answer, Duration duration) {
        Duration before = contender.program().processorTime();
        WrkReport report = wrk.load(contender.at(answer.path()), house.bearer(), duration);
        Duration used = contender.program().processorTime().minus(before);
        if (report.bytes() < report.requests() * answer.bytes()) {
            throw new BenchmarkFailed(contender.name() + " gave answers that are too short");
        }
        return Turn.of(used, report.requests(), report.perSecond());
    }
}
