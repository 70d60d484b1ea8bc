package dev.vestibule.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Subject;
import dev.vestibule.assertion.TrustedHeaders.Named;
import dev.vestibule.audit.Reason;
import dev.vestibule.config.TrustedHeadersConfig;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.network.Cidr;
import dev.vestibule.oidc.VerifiedIdentity;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// What a proxy says that signs nothing.
class TrustedHeadersTest {

    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

    private final TrustedHeaders authelia =
            new TrustedHeaders(
                    new TrustedHeadersConfig(
                            List.of(Cidr.parse("172.18.0.2").orElseThrow()),
                            "Remote-User",
                            "Remote-Name",
                            "Remote-Groups",
                            List.of()));

    private static Headers headers(String... lines) {
        return new Headers(
                List.of(lines).stream()
                        .map(line -> line.split(":", 2))
                        .map(parts -> new Header(parts[0], parts[1]))
                        .toList());
    }

    private Named read(String... lines) {
        return authelia.read(headers(lines), NOW);
    }

    private VerifiedIdentity identity(String... lines) {
        assertThat(read(lines)).isInstanceOf(Named.Somebody.class);
        return ((Named.Somebody) read(lines)).person().identity();
    }

    @Test
    void aNamedPeerSaysWhoSomebodyIs() {
        VerifiedIdentity ada =
                identity("Remote-User:ada", "Remote-Name:Ada L", "Remote-Groups:family, admins,");

        assertThat(ada.subject()).isEqualTo(new Subject(TrustedHeaders.ISSUER, "ada"));
        assertThat(ada.displayName()).isEqualTo("Ada L");
        assertThat(ada.groups()).containsExactlyInAnyOrder("family", "admins");
    }

    @Test
    void namesAreReadAsTheBytesThatTheyAre() {
        String asTheDoorReadsIt =
                new String("Jürgen".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(identity("Remote-User:j", "Remote-Name:" + asTheDoorReadsIt).displayName())
                .isEqualTo("Jürgen");
        assertThat(identity("Remote-User:j", "Remote-Name:J\u00fcrgen").displayName())
                .isEqualTo("Jürgen");
    }

    @Test
    void aDoubledOrUnusableNameIsNobody() {
        assertThat(read("Remote-User:ada", "Remote_User:eve")).isEqualTo(refused("header-doubled"));
        assertThat(read("Remote-User: ")).isEqualTo(refused("user-unusable"));
        assertThat(read("Remote-Groups:admins")).isEqualTo(new Named.Nobody());
    }

    @Test
    @DisplayName("B2: groups or a name that are doubtful make the whole of it worth nothing")
    void doubtfulGroupsOrNamesAreNobody() {
        assertThat(read("Remote-User:eve", "Remote-Groups:guests", "Remote_Groups:admins"))
                .isEqualTo(refused("header-doubled"));
        assertThat(read("Remote-User:eve", "Remote-Groups:guests", "remote-groups:guests"))
                .isEqualTo(refused("header-doubled"));
        assertThat(read("Remote-User:eve", "Remote_Groups:admins"))
                .isEqualTo(refused("header-misspelt"));
        assertThat(read("Remote-User:eve", "Remote-Name:Eve", "Remote-Name:Ada"))
                .isEqualTo(refused("header-doubled"));
    }

    @Test
    void onlyTheNamedPeerCounts() {
        assertThat(authelia.isFrom(InetAddress.ofLiteral("172.18.0.2"))).isTrue();
        assertThat(authelia.isFrom(InetAddress.ofLiteral("172.18.0.3"))).isFalse();
    }

    private static Named refused(String what) {
        return new Named.Refused(new Reason.Of(Reason.Family.TRUSTED_HEADERS, what));
    }
}
