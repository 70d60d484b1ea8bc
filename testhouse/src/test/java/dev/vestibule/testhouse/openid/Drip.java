package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Looks at the first bytes of an answer that takes its time.
final class Drip {

    private static final int BYTES = 4;

    private Drip() {}

    static void assertDripping(URI address) throws IOException {
        assertDripping((HttpURLConnection) address.toURL().openConnection(), "");
    }

    /// @param form what to post, empty to get
    static void assertDripping(HttpURLConnection connection, String form) throws IOException {
        if (!form.isEmpty()) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream in = connection.getInputStream()) {
            long begin = System.nanoTime();
            assertThat(in.readNBytes(BYTES)).startsWith('{').hasSize(BYTES);
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(connection.getContentLength()).isGreaterThan(40);
            assertThat(taken).isGreaterThan(Duration.ofMillis(150));
        } finally {
            connection.disconnect();
        }
    }
}
