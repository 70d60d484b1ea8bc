package dev.vestibule.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.admission.ClientKind;
import dev.vestibule.client.ClientJudgement.ForeignRedirect;
import dev.vestibule.client.ClientJudgement.Known;
import dev.vestibule.client.ClientJudgement.NoDocument;
import dev.vestibule.client.ClientJudgement.TooMany;
import dev.vestibule.client.ClientJudgement.Unknown;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.homeassistant.TrustedCertificates;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.HomeCertificate;
import dev.vestibule.testhouse.program.ScriptedProgram;
import dev.vestibule.testhouse.program.ScriptedProgram.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

/// Programs that say about themselves who they are, over real TLS.
class ClientDocumentsTest {

    private static final String REDIRECT = "https://app.example.net/callback";

    @TempDir static Path directory;

    private static HomeCertificate certificate;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T12:00:00Z"));
    private ScriptedProgram program;

    @BeforeAll
    static void makeCertificate() {
        certificate = HomeCertificate.make(directory, "dns:localhost,ip:127.0.0.1");
    }

    @BeforeEach
    void start() {
        program = ScriptedProgram.start(certificate);
        program.publish("/client.json", "A Program", "\"" + REDIRECT + "\"");
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private ClientDocuments documents(Predicate<InetAddress> forStrangers, Duration deadline) {
        SSLContext trusting = TrustedCertificates.systemAnd(List.of(certificate.file()));
        return new ClientDocuments(clock, trusting, forStrangers, deadline);
    }

    private ClientDocuments documents() {
        return documents(PublicAddresses::isPublic, Duration.ofSeconds(30));
    }

    private static Clients listing(ClientDocuments documents, URI... listed) {
        return ClientHouse.clients(
                new ClientsConfig(List.of(), List.of(), List.of(listed), UnknownClients.REFUSE),
                documents);
    }

    private static Clients asking(ClientDocuments documents) {
        return ClientHouse.clients(
                new ClientsConfig(List.of(), List.of(), List.of(), UnknownClients.ASK), documents);
    }

    private ClientJudgement judgeListed(String path, String redirectUri) {
        return judge(listing(documents(), program.at(path)), path, redirectUri);
    }

    private ClientJudgement judge(Clients clients, String path, String redirectUri) {
        return clients.judge(program.at(path).toString(), redirectUri, ClientHouse.ASKING);
    }

    @Test
    void aListedDocumentSaysWhereItsAnswersGo() {
        assertThat(judgeListed("/client.json", REDIRECT))
                .isEqualTo(new Known(ClientKind.DOCUMENT, "A Program"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.net/callback/",
                "https://app.example.net/callback?x=1",
                "https://app.example.net/",
                "https://APP.example.net/callback",
                "https://evil.example/callback",
                "javascript:alert(1)",
                "homeassistant://auth-callback",
                "http://app.example.net/callback",
            })
    void aDocumentLeadsExactlyWhereItSays(String redirectUri) {
        assertThat(judgeListed("/client.json", redirectUri)).isEqualTo(new ForeignRedirect());
    }

    @Test
    void aDocumentDoesNotMakeAnAppsSchemeOrPlainHttpARedirect() {
        program.publish(
                "/client.json",
                "x",
                "\"homeassistant://auth-callback\", \"http://app.example.net/\", \"my-app:x\"");

        assertThat(judgeListed("/client.json", "homeassistant://auth-callback"))
                .isEqualTo(new ForeignRedirect());
        assertThat(judgeListed("/client.json", "http://app.example.net/"))
                .isEqualTo(new ForeignRedirect());
        assertThat(judgeListed("/client.json", "my-app:x")).isEqualTo(new ForeignRedirect());
    }

    @Test
    void aProgramOnThePersonsOwnMachineTakesWhateverPortIsFree() {
        program.publish("/client.json", "x", "\"http://localhost/cb\", \"http://127.0.0.1/cb\"");
        Known known = new Known(ClientKind.DOCUMENT, "x");

        assertThat(judgeListed("/client.json", "http://localhost:4711/cb")).isEqualTo(known);
        assertThat(judgeListed("/client.json", "http://127.0.0.1:1234/cb")).isEqualTo(known);
        assertThat(judgeListed("/client.json", "http://127.0.0.2:1234/cb"))
                .isEqualTo(new ForeignRedirect());
        assertThat(judgeListed("/client.json", "http://localhost:4711/other"))
                .isEqualTo(new ForeignRedirect());
        assertThat(judgeListed("/client.json", "https://localhost:4711/cb"))
                .isEqualTo(new ForeignRedirect());
    }

    @Test
    void anotherDocumentOfTheSameHostIsNotListed() {
        Clients clients = listing(documents(), program.at("/client.json"));
        program.publish("/other.json", "Another", "\"" + REDIRECT + "\"");

        assertThat(judge(clients, "/other.json", REDIRECT)).isEqualTo(new Unknown());
        assertThat(judge(clients, "/client.json?x", REDIRECT)).isEqualTo(new Unknown());
        assertThat(program.visits("/other.json")).isZero();
    }

    @Test
    void aDocumentIsKeptForAWhile() {
        Clients clients = listing(documents(), program.at("/client.json"));

        judge(clients, "/client.json", REDIRECT);
        clock.advance(Duration.ofMinutes(9));
        judge(clients, "/client.json", REDIRECT);
        assertThat(program.visits("/client.json")).isEqualTo(1);

        clock.advance(Duration.ofMinutes(2));
        judge(clients, "/client.json", REDIRECT);
        assertThat(program.visits("/client.json")).isEqualTo(2);
    }

    @Test
    void whereNoneCameNobodyAsksAgainForAMoment() {
        Clients clients = listing(documents(), program.at("/gone.json"));

        assertThat(judge(clients, "/gone.json", REDIRECT)).isEqualTo(new NoDocument());
        assertThat(judge(clients, "/gone.json", REDIRECT)).isEqualTo(new NoDocument());
        assertThat(program.visits("/gone.json")).isEqualTo(1);

        program.publish("/gone.json", "Back", "\"" + REDIRECT + "\"");
        clock.advance(Duration.ofSeconds(31));
        assertThat(judge(clients, "/gone.json", REDIRECT)).isInstanceOf(Known.class);
    }

    @Test
    void howeverManyAskAtOnceItIsFetchedOnce() {
        CountDownLatch until = new CountDownLatch(1);
        String body =
                "{\"client_id\": \"%s\", \"redirect_uris\": [\"%s\"]}"
                        .formatted(program.at("/slow.json"), REDIRECT);
        program.answer("/slow.json", new Answer.Waiting(until, ScriptedProgram.json(body)));
        Clients clients = listing(documents(), program.at("/slow.json"));

        List<CompletableFuture<ClientJudgement>> many =
                Stream.generate(
                                () ->
                                        CompletableFuture.supplyAsync(
                                                () -> judge(clients, "/slow.json", REDIRECT),
                                                Thread::startVirtualThread))
                        .limit(20)
                        .toList();
        until.countDown();

        assertThat(many)
                .extracting(CompletableFuture::join)
                .containsOnly(new Known(ClientKind.DOCUMENT, ""));
        assertThat(program.visits("/slow.json")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "not json",
                "{\"redirect_uris\": [\"https://app.example.net/callback\"]}",
                "{\"client_id\": \"https://evil.example/client.json\","
                        + " \"redirect_uris\": [\"https://app.example.net/callback\"]}",
                "{\"client_id\": \"ME\", \"client_id\": \"ME\","
                        + " \"redirect_uris\": [\"https://app.example.net/callback\"]}",
                "{\"client_id\": \"ME/\", \"redirect_uris\":"
                        + " [\"https://app.example.net/callback\"]}",
                "{\"client_id\": \"ME\", \"client_secret\": \"x\","
                        + " \"redirect_uris\": [\"https://app.example.net/callback\"]}",
                "{\"client_id\": \"ME\", \"token_endpoint_auth_method\": \"client_secret_basic\","
                        + " \"redirect_uris\": [\"https://app.example.net/callback\"]}",
                "{\"client_id\": [\"ME\"],"
                        + " \"redirect_uris\": [\"https://app.example.net/callback\"]}",
            })
    void whatIsNoDocumentOfAPublicClientAtItsOwnAddressIsNone(String body) {
        String itself = program.at("/bad.json").toString();
        program.answer("/bad.json", ScriptedProgram.json(body.replace("ME", itself)));

        assertThat(judgeListed("/bad.json", REDIRECT)).isEqualTo(new NoDocument());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"https://app.example.net/callback\"", "{}", "[1, null]"})
    void redirectsThatAreNoListAreNone(String redirects) {
        String itself = program.at("/bad.json").toString();
        program.answer(
                "/bad.json",
                ScriptedProgram.json(
                        "{\"client_id\": \""
                                + itself
                                + "\", \"redirect_uris\": "
                                + redirects
                                + "}"));

        assertThat(judgeListed("/bad.json", REDIRECT)).isEqualTo(new ForeignRedirect());
    }

    @Test
    void anAnswerThatIsNoJsonIsNotRead() {
        String body =
                "{\"client_id\": \"%s\", \"redirect_uris\": [\"%s\"]}"
                        .formatted(program.at("/x"), REDIRECT);

        program.answer("/x", new Answer.Whole(200, "text/html", body, ""));
        assertThat(judgeListed("/x", REDIRECT)).isEqualTo(new NoDocument());
        program.answer("/x", new Answer.Whole(203, "application/json", body, ""));
        assertThat(judgeListed("/x", REDIRECT)).isEqualTo(new NoDocument());
        program.answer("/x", new Answer.Whole(200, "application/json; charset=utf-8", body, ""));
        assertThat(judgeListed("/x", REDIRECT)).isInstanceOf(Known.class);
    }

    @Test
    void aRedirectIsNotFollowed() {
        program.answer(
                "/moved.json",
                new Answer.Whole(302, "text/plain", "", program.at("/client.json").toString()));

        assertThat(judgeListed("/moved.json", REDIRECT)).isEqualTo(new NoDocument());
        assertThat(program.visits("/client.json")).isZero();
    }

    @Test
    void aHugeAnswerIsNotReadToItsEnd() {
        program.answer("/huge.json", ScriptedProgram.json(" ".repeat(1_000_000)));

        assertThat(judgeListed("/huge.json", REDIRECT)).isEqualTo(new NoDocument());
    }

    @Test
    void anAnswerThatDripsIsGivenUp() {
        program.answer("/drip.json", new Answer.Dripping());
        Clients clients =
                listing(
                        documents(PublicAddresses::isPublic, Duration.ofMillis(500)),
                        program.at("/drip.json"));

        assertThat(judge(clients, "/drip.json", REDIRECT)).isEqualTo(new NoDocument());
    }

    @Test
    void aCertificateOfSomebodyElseIsNotBelieved() {
        URI byAddress =
                URI.create(program.at("/client.json").toString().replace("localhost", "127.0.0.2"));
        Clients clients = listing(documents(), byAddress);

        assertThat(clients.judge(byAddress.toString(), REDIRECT, ClientHouse.ASKING))
                .isEqualTo(new NoDocument());
        assertThat(program.visits("/client.json")).isZero();
    }

    @Test
    void aStrangersDocumentInsideTheHouseIsNeverAskedFor() {
        Clients clients = asking(documents());

        assertThat(judge(clients, "/client.json", REDIRECT)).isEqualTo(new NoDocument());
        assertThat(program.visits("/client.json")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:PORT/client.json",
                "https://[::1]:PORT/client.json",
                "https://[::ffff:127.0.0.1]:PORT/client.json",
                "https://localhost:PORT/client.json",
                "https://x.localhost:PORT/client.json",
                "https://169.254.169.254/latest/meta-data",
                "https://[::ffff:169.254.169.254]/latest",
                "https://[::ffff:a9fe:a9fe]/latest",
                "https://2130706433:PORT/client.json",
                "https://0177.0.0.1:PORT/client.json",
                "https://127.1:PORT/client.json",
            })
    void noSpellingOfAnInnerAddressIsAskedFor(String clientId) {
        String address =
                clientId.replace("PORT", String.valueOf(program.at("/client.json").getPort()));

        assertThat(asking(documents()).judge(address, REDIRECT, ClientHouse.ASKING))
                .isIn(new Unknown(), new NoDocument());
        assertThat(program.visits("/client.json")).isZero();
    }

    @Test
    void aStrangersDocumentElsewhereIsReadAndItsNameIsOnlyAName() {
        program.publish(
                "/client.json",
                "Home Assistant\\u202e\\u0000\\n" + "x".repeat(200),
                "\"" + REDIRECT + "\"");
        Clients clients = asking(documents(_ -> true, Duration.ofSeconds(30)));

        assertThat(judge(clients, "/client.json", REDIRECT))
                .isEqualTo(new Known(ClientKind.OTHER, "Home Assistant" + "x".repeat(46) + "…"));
    }

    @Test
    void anAddressMakesUsFetchOnlySoManyStrangersDocuments() {
        Clients clients = asking(documents(_ -> true, Duration.ofSeconds(30)));
        for (int i = 0; i < 10; i++) {
            program.publish("/" + i, "x", "\"" + REDIRECT + "\"");
            assertThat(judge(clients, "/" + i, REDIRECT)).isInstanceOf(Known.class);
        }

        assertThat(judge(clients, "/more", REDIRECT)).isEqualTo(new TooMany());
        assertThat(program.visits("/more")).isZero();
        assertThat(judge(clients, "/1", REDIRECT)).isInstanceOf(Known.class);
    }

    @Test
    void whereTooManyAreFetchedAtOnceNothingIsRememberedOfTheNext() {
        CountDownLatch until = new CountDownLatch(1);
        Clients clients = asking(documents(_ -> true, Duration.ofSeconds(60)));
        List<String> slow = List.of("/slow-1", "/slow-2", "/slow-3", "/slow-4");
        slow.forEach(
                path ->
                        program.answer(
                                path, new Answer.Waiting(until, ScriptedProgram.json("{}"))));
        List<CompletableFuture<ClientJudgement>> under =
                slow.stream()
                        .map(
                                path ->
                                        CompletableFuture.supplyAsync(
                                                () -> judge(clients, path, REDIRECT),
                                                Thread::startVirtualThread))
                        .toList();
        slow.forEach(path -> Eventually.await(() -> program.visits(path) == 1));

        assertThat(judge(clients, "/client.json", REDIRECT)).isEqualTo(new TooMany());
        until.countDown();
        under.forEach(CompletableFuture::join);

        // Each try counts as one of the address's in a minute.
        Eventually.await(
                () -> {
                    clock.advance(Duration.ofMinutes(1));
                    return judge(clients, "/client.json", REDIRECT) instanceof Known;
                });
    }
}
