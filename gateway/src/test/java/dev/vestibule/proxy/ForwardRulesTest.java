package dev.vestibule.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.Origin;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.proxy.ForwardRules.OnBehalf;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

class ForwardRulesTest {

    private static final ClientAddress CLIENT =
            new ClientAddress.Known(InetAddress.ofLiteral("203.0.113.7"));
    private static final Origin ORIGIN = Origin.parse("https://home.example").orElseThrow();

    private final ForwardRules rules = new ForwardRules(List.of());

    private static OnBehalf behalf(ClientAddress client) {
        return new OnBehalf(ORIGIN, client, true, RouteClass.TOKEN);
    }

    private HttpHeaders toUpstream(String... namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return rules.toUpstream(headers, behalf(CLIENT));
    }

    @Property
    void neverForwardsAHopByHopHeaderOrAClaimHoweverItIsSpelled(
            @ForAll("forbidden") List<String> names) {
        HttpHeaders fromClient =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        names.forEach(name -> fromClient.add(name, "from-client"));

        HttpHeaders headers = rules.toUpstream(fromClient, behalf(CLIENT));

        assertThat(headers.entries()).extracting(Map.Entry::getValue).doesNotContain("from-client");
        assertThat(headers.getAll("x-forwarded-for")).containsExactly("203.0.113.7");
        assertThat(headers.getAll("x-forwarded-proto")).containsExactly("https");
        assertThat(headers.getAll("x-forwarded-host")).containsExactly("home.example");
        assertThat(headers.getAll("host")).containsExactly("home.example");
    }

    @Provide
    Arbitrary<List<String>> forbidden() {
        List<String> names =
                Stream.concat(ForwardRules.HOP_BY_HOP.stream(), ForwardRules.CLAIMS.stream())
                        .map(name -> name.endsWith("-") ? name + "anything" : name)
                        .toList();
        Arbitrary<String> spelled =
                Arbitraries.of(names)
                        .flatMap(
                                name ->
                                        Arbitraries.of(
                                                name,
                                                name.toUpperCase(Locale.ROOT),
                                                name.replace('-', '_'),
                                                Character.toUpperCase(name.charAt(0))
                                                        + name.substring(1)));
        return spelled.list().ofMinSize(1).ofMaxSize(20);
    }

    @Test
    void aConfiguredAssertionNeverPassesHoweverItIsSpelled() {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.add("X-Our-Assertion", "a").add("x_our_assertion", "b").add("X-Other", "c");

        HttpHeaders sent =
                new ForwardRules(List.of("X-Our-Assertion")).toUpstream(headers, behalf(CLIENT));

        assertThat(sent.entries())
                .extracting(Map.Entry::getValue)
                .contains("c")
                .doesNotContain("a", "b");
    }

    @Test
    void theCookiesOfProxiesInFrontStayHere() {
        String cookies =
                "CF_Authorization=jwt; a=1; _pomerium=2; authelia_session=3; =CF_x=4;"
                        + " authentik_proxy_0123=5; _oauth2_proxy=6";

        assertThat(toUpstream("Cookie", cookies).getAll("cookie")).containsExactly("a=1");
    }

    @Property
    void everyOtherHeaderPassesUnchanged(@ForAll("ordinary") String name) {
        assertThat(toUpstream(name, "a value").getAll(name)).containsExactly("a value");
    }

    @Provide
    Arbitrary<String> ordinary() {
        return Arbitraries.of(
                "Accept",
                "Accept-Encoding",
                "Authorization",
                "Content-Type",
                "Range",
                "If-None-Match",
                "Last-Event-ID",
                "X-Requested-With",
                "X-Speech-Content",
                "X-Supervisor",
                "Origin",
                "Referer",
                "User-Agent",
                "Mcp-Session-Id",
                "Viable",
                "Remote",
                "Tee");
    }

    @Test
    void namesInConnectionTakeNothingAway() {
        HttpHeaders headers =
                toUpstream(
                        "Connection",
                        "close, X-Forwarded-For, Authorization",
                        "Authorization",
                        "Bearer a");

        assertThat(headers.get("authorization")).isEqualTo("Bearer a");
        assertThat(headers.get("x-forwarded-for")).isEqualTo("203.0.113.7");
        assertThat(headers.contains("connection")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a=b|a=b",
                "__Host-vestibule=x|-",
                "__host-VESTIBULE=x|-",
                "vestibule-dev-browser=x; a=b|a=b",
                "a=b;__Host-vestibule-browser=x;c=d|a=b; c=d",
                "ingress_session=x; a=b|a=b",
                ";;|-"
            })
    void ourCookiesStayHere(String sent, String kept) {
        assertThat(toUpstream("Cookie", sent).get("cookie")).isEqualTo(kept);
    }

    @Test
    void theIngressCookiePassesToIngressOnly() {
        HttpHeaders fromClient = new DefaultHttpHeaders().add("Cookie", "ingress_session=x");

        HttpHeaders headers =
                rules.toUpstream(
                        fromClient, new OnBehalf(ORIGIN, CLIENT, true, RouteClass.INGRESS));

        assertThat(headers.get("cookie")).isEqualTo("ingress_session=x");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.4,198.51.100.4",
        "192.168.1.2,192.0.2.1",
        "127.0.0.1,192.0.2.1",
        "fd00::1,192.0.2.1",
        "fe80::1,192.0.2.1"
    })
    void anUnknownClientNeverLooksLocalToHomeAssistant(String peer, String named) {
        ClientAddress unknown = new ClientAddress.Unknown(InetAddress.ofLiteral(peer));

        assertThat(
                        rules.toUpstream(new DefaultHttpHeaders(), behalf(unknown))
                                .get("x-forwarded-for"))
                .isEqualTo(named);
    }

    @Test
    void nobodyIsNamedToAHomeThatWouldRefuseIt() {
        HttpHeaders headers =
                rules.toUpstream(
                        new DefaultHttpHeaders().add("X-Forwarded-For", "1.2.3.4"),
                        new OnBehalf(ORIGIN, CLIENT, false, RouteClass.TOKEN));

        assertThat(headers.names()).containsExactly("host");
    }

    @Test
    void anAnswerLosesOurCookiesAndWhatSpeaksAboutTheConnection() {
        HttpHeaders answer =
                new DefaultHttpHeaders()
                        .add("Set-Cookie", "a=b")
                        .add("Set-Cookie", "__Host-vestibule=x; Path=/")
                        .add("Set-Cookie", "c=d")
                        .add("Connection", "keep-alive")
                        .add("Keep-Alive", "timeout=5")
                        .add("Server", "aiohttp");

        rules.toClient(answer);

        assertThat(answer.getAll("set-cookie")).containsExactly("a=b", "c=d");
        assertThat(answer.names()).containsExactlyInAnyOrder("set-cookie", "Server");
    }
}
