package dev.vestibule.doctor;

import dev.vestibule.homeassistant.TrustedCertificates;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// One GET with nothing secret in it, as a browser of this machine would send it. No redirect is
/// followed, and no proxy of the environment is used.
sealed interface Glance {

    Duration CONNECT_MAX = Duration.ofSeconds(5);
    Duration ANSWER_MAX = Duration.ofSeconds(10);
    long BODY_BYTES_MAX = 1 << 20;

    /// Something answered.
    ///
    /// @param bodySum the body's CRC-32C, in hexadecimal digits
    /// @param date of the answer (RFC 9110 section 6.6.1)
    /// @param chain what the server showed, its own certificate first; empty without TLS
    record Answered(int status, String bodySum, Optional<Instant> date, List<X509Certificate> chain)
            implements Glance {

        public Answered {
            chain = List.copyOf(chain);
        }
    }

    /// Something is there, and its certificate is not accepted.
    record Distrusted(String reason) implements Glance {}

    record Unreached(String reason) implements Glance {}

    /// @param caFiles whose authorities may vouch for the server, besides the system's
    static Glance at(URI address, List<Path> caFiles) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER_MAX).GET().build();
        try (HttpClient client = client(caFiles)) {
            return answered(
                    client.send(
                            request,
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX)));
        } catch (SSLException broken) {
            return new Distrusted(String.valueOf(broken.getMessage()));
        } catch (IOException away) {
            String message = away.getMessage();
            return new Unreached(
                    away.getClass().getSimpleName() + (message == null ? "" : ": " + message));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Unreached("the look was broken off");
        }
    }

    private static HttpClient client(List<Path> caFiles) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(CONNECT_MAX);
        if (!caFiles.isEmpty()) {
            builder.sslContext(TrustedCertificates.systemAnd(caFiles));
        }
        return builder.build();
    }

    private static Glance answered(HttpResponse<byte[]> response) {
        return new Answered(
                response.statusCode(),
                sum(response.body()),
                response.headers().firstValue("Date").flatMap(Glance::date),
                response.sslSession().map(Glance::chain).orElse(List.of()));
    }

    private static String sum(byte[] body) {
        CRC32C sum = new CRC32C();
        sum.update(body);
        return HexFormat.of().toHexDigits(sum.getValue(), 8);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static List<X509Certificate> chain(SSLSession session) {
        try {
            Certificate[] shown = session.getPeerCertificates();
            return Arrays.stream(shown)
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException nobody) {
            return List.of();
        }
    }
}
