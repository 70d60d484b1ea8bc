package dev.vestibule.network;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

class ClientAddressResolverTest {

    private static final InetAddress PROXY = ip("10.0.0.1");
    private static final InetAddress SECOND_PROXY = ip("10.0.0.2");
    private static final InetAddress CLIENT = ip("203.0.113.7");

    private final ClientAddressResolver resolver =
            new ClientAddressResolver(
                    List.of(
                            Cidr.parse("10.0.0.1").orElseThrow(),
                            Cidr.parse("10.0.0.2").orElseThrow()));

    private static InetAddress ip(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private static ForwardingHeaders forwardedFor(String... lines) {
        return new ForwardingHeaders(true, List.of(lines), false);
    }

    @Test
    void aPeerThatForwardsForNobodyIsTheClient() {
        assertThat(resolver.resolve(CLIENT, ForwardingHeaders.NONE))
                .isEqualTo(new ClientAddress.Known(CLIENT));
    }

    @Test
    void byDefaultNoProxyIsTrusted() {
        ClientAddressResolver byDefault = new ClientAddressResolver(List.of());

        assertThat(byDefault.resolve(PROXY, forwardedFor("192.168.1.10")))
                .isEqualTo(new ClientAddress.Unknown(PROXY));
    }

    @Test
    void ignoresHopsThatTheClientWroteItself() {
        assertThat(resolver.resolve(PROXY, forwardedFor("192.168.1.2, 203.0.113.7")))
                .isEqualTo(new ClientAddress.Known(CLIENT));
    }

    @Test
    void walksOverEveryTrustedProxyFromTheRight() {
        assertThat(resolver.resolve(PROXY, forwardedFor("192.168.1.2", "203.0.113.7,10.0.0.2")))
                .isEqualTo(new ClientAddress.Known(CLIENT));
    }

    @Test
    void aMappedAddressIsItsV4Address() {
        assertThat(resolver.resolve(PROXY, forwardedFor("::ffff:203.0.113.7")))
                .isEqualTo(new ClientAddress.Known(CLIENT));
        assertThat(resolver.resolve(ip("::ffff:10.0.0.1"), forwardedFor("203.0.113.7")))
                .isEqualTo(new ClientAddress.Known(CLIENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "unknown",
                "_hidden",
                "010.0.0.1",
                "203.0.113.7:1234",
                "[2001:db8::1]",
                "[2001:db8::1]:443",
                "fe80::1%eth0",
                "203.0.113",
                "home.example",
                "203.0.113.7, ",
                "10.0.0.2"
            })
    void whatIsNoPlainAddressMakesTheClientUnknown(String line) {
        assertThat(resolver.resolve(PROXY, forwardedFor(line)))
                .isEqualTo(new ClientAddress.Unknown(PROXY));
    }

    @Test
    void aProxyThatNamesNobodyIsNotTheClient() {
        assertThat(resolver.resolve(PROXY, ForwardingHeaders.NONE))
                .isEqualTo(new ClientAddress.Unknown(PROXY));
    }

    @Test
    void twoHeadersThatCouldDisagreeAreNotBelieved() {
        assertThat(
                        resolver.resolve(
                                PROXY, new ForwardingHeaders(true, List.of("203.0.113.7"), true)))
                .isEqualTo(new ClientAddress.Unknown(PROXY));
    }

    @Test
    void tenThousandHopsAreNotCounted() {
        String hops = "203.0.113.7,".repeat(10_000) + "203.0.113.7";

        assertThat(resolver.resolve(PROXY, forwardedFor(hops)))
                .isEqualTo(new ClientAddress.Unknown(PROXY));
    }

    @Property
    void whateverAStrangerWritesItNeverBecomesAnotherAddress(@ForAll("lines") List<String> lines) {
        assertThat(resolver.resolve(CLIENT, new ForwardingHeaders(true, lines, false)))
                .isEqualTo(new ClientAddress.Unknown(CLIENT));
    }

    @Property
    void whateverStandsToTheLeftOfTheClientChangesNothing(@ForAll("lines") List<String> lines) {
        List<String> all =
                Stream.concat(lines.stream().limit(5), Stream.of("203.0.113.7")).toList();

        assertThat(resolver.resolve(SECOND_PROXY, new ForwardingHeaders(true, all, false)))
                .isEqualTo(new ClientAddress.Known(CLIENT));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> addresses =
                Arbitraries.of("10.0.0.1", "192.168.1.1", "::1", "unknown", "1.2.3.4:5", "fd00::1");
        return Arbitraries.oneOf(addresses, Arbitraries.strings().ofMaxLength(12).excludeChars(','))
                .list()
                .ofMaxSize(8);
    }
}
