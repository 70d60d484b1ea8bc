package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.network.Cidr;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import javax.net.ssl.SSLException;

/// Everything that we send to a provider goes through here: no redirects, no proxy of the
/// environment, no compression, a limit on time and on bytes. Safe to share between threads;
/// closing it breaks off what is under way.
final class ProviderHttp implements AutoCloseable {

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /// From sending to the last byte of the body, so that an answer that drips ends too.
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /// Where clouds keep the credentials of their machines: no provider lives there.
    private static final List<Cidr> METADATA_ADDRESSES =
            List.of("169.254.0.0/16", "100.100.100.200", "fd00:ec2::254", "fe80::/10").stream()
                    .flatMap(block -> Cidr.parse(block).stream())
                    .toList();

    private final String providerId;
    private final Duration answerTimeout;
    private final HttpClient client;
    private final LongAdder errors = new LongAdder();
    private volatile ProviderHealth health = ProviderHealth.UNKNOWN;
    private volatile long answeredAtNanos;
    private volatile boolean hasAnswered;

    /// @param providerId what it is called in log lines
    /// @param caFiles whose authorities may vouch for its certificate, besides the system's
    /// @throws OpenIdProviderMisconfigured where a CA file cannot be read
    ProviderHttp(String providerId, List<Path> caFiles, Duration answerTimeout) {
        this.providerId = providerId;
        this.answerTimeout = answerTimeout;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .proxy(HttpClient.Builder.NO_PROXY);
        ProviderTrust.contextFor(providerId, caFiles).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /// An answer with a status that the caller judges; 5xx and redirects never get here.
    static final class Answer {
        private final int status;
        private final String contentType;
        private final byte[] body;

        private Answer(int status, String contentType, byte[] body) {
            this.status = status;
            this.contentType = contentType;
            this.body = body;
        }

        boolean isOk() {
            return status >= 200 && status < 300;
        }

        int status() {
            return status;
        }

        /// The empty text where the answer does not say.
        String contentType() {
            return contentType;
        }

        Optional<ObjectNode> json() {
            return StrictJson.object(body);
        }
    }

    /// Fetches a document for which no credential is needed.
    ///
    /// @param reading makes of the answer what it is good for; an answer that it throws at is one
    ///   that cannot be used, as far as [#health()] and [#errorCount()] go
    <T> T get(URI uri, int bytesMax, Function<Answer, T> reading) {
        return exchange(HttpRequest.newBuilder(uri).GET(), bytesMax, reading);
    }

    /// Sends a request that the library made.
    ///
    /// @param reading as in [#get]
    <T> T send(HTTPRequest request, int bytesMax, Function<Answer, T> reading) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.getURI());
        request.getHeaderMap()
                .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        String body = request.getBody();
        builder.method(
                request.getMethod().name(),
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        return exchange(builder, bytesMax, reading);
    }

    /// What became of the last question.
    ProviderHealth health() {
        return health;
    }

    /// How long ago the last answer that can be used came; empty where none ever did.
    Optional<Duration> sinceAnswer() {
        return hasAnswered
                ? Optional.of(Duration.ofNanos(System.nanoTime() - answeredAtNanos))
                : Optional.empty();
    }

    /// How many questions got no answer that can be used.
    long errorCount() {
        return errors.sum();
    }

    /// Proxies in front of a provider that is down answer too, so an answer counts as one once it
    /// was read.
    private <T> T exchange(HttpRequest.Builder builder, int bytesMax, Function<Answer, T> reading) {
        try {
            T read = reading.apply(ask(builder, bytesMax));
            health = ProviderHealth.ANSWERING;
            answeredAtNanos = System.nanoTime();
            hasAnswered = true;
            return read;
        } catch (OpenIdProviderProblem unusable) {
            health = ProviderHealth.AWAY;
            errors.increment();
            throw unusable;
        }
    }

    private Answer ask(HttpRequest.Builder builder, int bytesMax) {
        HttpRequest request = builder.setHeader("Accept", "application/json").build();
        requireNoMetadataAddress(request.uri());
        HttpResponse<byte[]> response = await(request, bytesMax);
        int status = response.statusCode();
        if (status >= 500 || status == 429) {
            // Too many requests, or no service: RFC 6585 section 4, RFC 9110 section 15.6.4.
            boolean mayHaveActed = status != 429 && status != 503;
            throw unavailable(request.uri(), "answered " + status, mayHaveActed);
        }
        if (status >= 300 && status < 400) {
            // A redirect would carry the code or the client's secret to whoever it names.
            throw unavailable(request, "answered with a redirect, which is not followed");
        }
        if (response.headers().firstValue("content-encoding").isPresent()) {
            throw unavailable(request, "compressed its answer, which nobody asked for");
        }
        return new Answer(
                status, response.headers().firstValue("content-type").orElse(""), response.body());
    }

    private HttpResponse<byte[]> await(HttpRequest request, int bytesMax) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytesMax));
        try {
            return answer.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw unavailable(request, "did not answer within " + answerTimeout.toMillis() + " ms");
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(request, "was not waited for: the gateway stops");
        } catch (ExecutionException failed) {
            throw unavailable(
                    request.uri(),
                    sentenceOf(failed.getCause(), bytesMax),
                    !isNotReached(failed.getCause()));
        }
    }

    private static boolean isNotReached(@Nullable Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    }

    private static String sentenceOf(@Nullable Throwable cause, int max) {
        return switch (cause) {
            case SSLException tls ->
                    "cannot be spoken to over TLS ("
                            + ForeignText.excerpt(String.valueOf(tls.getMessage()))
                            + "); if its certificate comes from an authority of your own, name"
                            + " that in ca-file";
            case ConnectException _ -> "cannot be reached";
            case HttpConnectTimeoutException _ -> "cannot be reached";
            case IOException other ->
                    "broke off or sent more than "
                            + max
                            + " bytes ("
                            + other.getClass().getSimpleName()
                            + ")";
            case null, default -> "failed";
        };
    }

    /// The name is resolved here and again by the client; a provider that the operator named is
    /// trusted not to play with that, so this stops mistakes and forwarded names, no more.
    private void requireNoMetadataAddress(URI uri) {
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                if (METADATA_ADDRESSES.stream().anyMatch(block -> block.contains(address))) {
                    throw new OpenIdProviderMisconfigured(
                            "The provider "
                                    + providerId
                                    + " names an address of cloud metadata, which is never asked.");
                }
            }
        } catch (UnknownHostException unknown) {
            throw new OpenIdProviderUnavailable(
                    "The provider " + providerId + ": the name " + uri.getHost() + " is unknown.",
                    false);
        }
    }

    OpenIdProviderUnavailable unavailable(HttpRequest request, String what) {
        return unavailable(request.uri(), what);
    }

    /// @param what continues the sentence "the provider at ..."
    OpenIdProviderUnavailable unavailable(URI endpoint, String what) {
        return unavailable(endpoint, what, true);
    }

    private OpenIdProviderUnavailable unavailable(URI endpoint, String what, boolean mayHaveActed) {
        return new OpenIdProviderUnavailable(
                "The provider "
                        + providerId
                        + " at "
                        + endpoint.getRawAuthority()
                        + endpoint.getRawPath()
                        + " "
                        + what
                        + ".",
                mayHaveActed);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
