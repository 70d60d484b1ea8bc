package dev.vestibule.shell;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.homeassistant.HomeAssistantHttp;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks a Home Assistant over HTTP/1.1. Follows no redirect, keeps no cookie, sends the same few
/// headers every time, writes a limited body to disk, and waits for a limited time.
public final class HttpShellSource implements ShellSource {

    private static final String ONBOARDING = "/onboarding.html";
    private static final long ERROR_BYTES_MAX = 64 << 10;

    private final String base;
    private final ShellLimits limits;
    private final HttpClient client;

    /// @throws IllegalArgumentException where a certificate file of the configuration is unreadable
    public HttpShellSource(HomeAssistantConfig config, ShellLimits limits) {
        this.base = HomeAssistantHttp.base(config);
        this.limits = limits;
        this.client = HomeAssistantHttp.client(config, limits.connect());
    }

    @Override
    public ShellAnswer fetch(ShellQuestion question, Path body) {
        HttpResponse<Boolean> response = await(client.sendAsync(request(question), into(body)));
        int status = response.statusCode();
        if (status == 200) {
            return found(response);
        }
        if (status == 304 && !question.entityTag().isEmpty()) {
            return new ShellAnswer.Unchanged();
        }
        if (status >= 300 && status < 400 && status != 304) {
            return new ShellAnswer.Redirected(isOnboarding(response));
        }
        // 408 and 429 say "not now", which is an outage to us.
        if (status >= 400 && status < 500 && status != 408 && status != 429) {
            return new ShellAnswer.Missing();
        }
        throw new HomeAssistantUnavailable("Home Assistant answered with status " + status);
    }

    private HttpRequest request(ShellQuestion question) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + question.path()))
                        .timeout(limits.answer())
                        .header("Accept", "*/*")
                        .header("Accept-Encoding", question.encoding().token())
                        .header("User-Agent", "Vestibule");
        if (!question.entityTag().isEmpty()) {
            request.header("If-None-Match", question.entityTag());
        }
        return request.GET().build();
    }

    /// Only a 200 has a body for us; a page of errors is read by nobody.
    private BodyHandler<Boolean> into(Path body) {
        return info ->
                info.statusCode() == 200
                        ? new LimitedBody(BodySubscribers.ofFile(body), limits.entryBytesMax())
                        : new LimitedBody(BodySubscribers.discarding(), ERROR_BYTES_MAX);
    }

    private static ShellAnswer found(HttpResponse<Boolean> response) {
        if (!response.body()) {
            return new ShellAnswer.TooLarge();
        }
        List<Header> headers =
                response.headers().map().entrySet().stream()
                        .flatMap(
                                field ->
                                        field.getValue().stream()
                                                .map(value -> new Header(field.getKey(), value)))
                        .toList();
        return new ShellAnswer.Found(new Headers(headers));
    }

    private static boolean isOnboarding(HttpResponse<Boolean> response) {
        String location = response.headers().firstValue("location").orElse("");
        return location.equals(ONBOARDING) || location.startsWith(ONBOARDING + "?");
    }

    /// The limit holds for the whole exchange: the client's own ends with the headers.
    private HttpResponse<Boolean> await(CompletableFuture<HttpResponse<Boolean>> exchange) {
        try {
            return exchange.get(limits.answer().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw new HomeAssistantUnavailable("Home Assistant did not answer in time", late);
        } catch (InterruptedException interrupted) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new HomeAssistantUnavailable(
                    "The wait for Home Assistant was ended", interrupted);
        } catch (ExecutionException failed) {
            throw new HomeAssistantUnavailable(
                    "Home Assistant cannot be reached", failed.getCause());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
