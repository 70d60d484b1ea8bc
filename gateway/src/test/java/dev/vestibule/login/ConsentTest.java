package dev.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.admission.ClientKind;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Proof;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.ProvenIdentity.Stay;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.config.Role;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Language;
import dev.vestibule.http.Response;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.revocation.Cause;
import dev.vestibule.session.Reach;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Visitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Attack E3: a link to `/auth/authorize` with a client of the attacker's, opened while somebody is
/// signed in.
class ConsentTest {

    private static final String GOOGLE = "https://oauth-redirect.googleusercontent.com/r/my-home";
    private static final String STRANGER = "https://app.example.net/";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final Pattern CODE = Pattern.compile("code=([A-Za-z0-9_-]{43})");

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private final LoginHouse house =
            new LoginHouse(
                    LoginHouse.Plan.USUAL.with(
                            new ClientsConfig(
                                    List.of("my-home"), List.of(), List.of(), UnknownClients.ASK)));

    @AfterEach
    void close() {
        house.close();
    }

    private static String google() {
        return authorize(GOOGLE, GOOGLE, "&state=of-google");
    }

    private static String stranger() {
        return authorize(
                STRANGER,
                STRANGER + "callback",
                "&state=s&code_challenge_method=S256&code_challenge=" + CHALLENGE);
    }

    private static String authorize(String clientId, String redirectUri, String more) {
        return "/auth/authorize?response_type=code&client_id="
                + TestBrowser.encode(clientId)
                + "&redirect_uri="
                + TestBrowser.encode(redirectUri)
                + more;
    }

    private TestBrowser ada() {
        TestBrowser browser = house.browser();
        house.signIn(browser);
        return browser;
    }

    /// Opens an authorization request where somebody is signed in: the question it leads to.
    private static String question(TestBrowser browser, String request) {
        URI page = browser.get(request).location();
        assertThat(page.getPath()).isEqualTo("/auth/vestibule/consent");
        return page.getQuery().replace("request=", "");
    }

    private static Response answer(TestBrowser browser, String question, String answer) {
        return browser.post(
                "/auth/vestibule/consent", Map.of("request", question, "answer", answer));
    }

    private static String page(TestBrowser browser, String question) {
        Response page =
                browser.open(URI.create("https://x/auth/vestibule/consent?request=" + question));
        assertThat(page.status()).isEqualTo(200);
        return LoginHouse.text(page.in(Language.ENGLISH));
    }

    private static String leadsTo(Response response) {
        return new Headers(response.headers()).single("refresh").orElse("").replace("0;url=", "");
    }

    private static String code(Response response) {
        Matcher code = CODE.matcher(leadsTo(response));
        assertThat(code.find()).as(leadsTo(response)).isTrue();
        return code.group(1);
    }

    @Test
    void aSignedInPersonIsAskedAndNothingIsGivenBefore() {
        TestBrowser browser = ada();
        int before = house.home.record().requests().size();

        String question = question(browser, google());
        String page = page(browser, question);

        assertThat(page)
                .contains("Google Assistant", GOOGLE, "home.example.org", "Ada Lovelace")
                .doesNotContain("Nobody who runs this home");
        assertThat(house.home.record().requests()).hasSize(before);
    }

    /// Attack: a page in between shows ours to somebody else. The address is then not theirs.
    @Test
    void thePersonReadsAtWhichDeviceAndAddressTheyAreAsked() {
        TestBrowser browser = ada();

        assertThat(page(browser, question(browser, google())))
                .contains("On this device</dt><dd>TestBrowser, at 192.0.2.7</dd>");
    }

    @Test
    void theAnswerThatStandsOutIsTheSafeOneWhereNobodyVouchesForTheClient() {
        TestBrowser browser = ada();

        assertThat(page(browser, question(browser, google())))
                .contains("<button type=\"submit\" name=\"answer\" value=\"allow\">")
                .contains("class=\"lesser\" name=\"answer\" value=\"refuse\"");
        assertThat(page(browser, question(browser, stranger())))
                .contains("<button type=\"submit\" name=\"answer\" value=\"refuse\">")
                .contains("class=\"lesser\" name=\"answer\" value=\"allow\"");
    }

    @Test
    void whoIsNotSignedInSignsInFirstAndIsAskedThen() {
        TestBrowser browser = house.browser();

        Response back = browser.open(house.visit(browser.get(google()).location()));

        assertThat(TestBrowser.location(back)).hasPath("/auth/vestibule/consent");
    }

    @Test
    void oneClickGivesACodeThatOutlivesTheSession() {
        TestBrowser browser = ada();

        Response allowed = answer(browser, question(browser, google()), "allow");

        assertThat(allowed.status()).isEqualTo(200);
        assertThat(leadsTo(allowed)).startsWith(GOOGLE + "?code=").endsWith("&state=of-google");
        String refreshToken =
                LoginHouse.json(redeem(GOOGLE, code(allowed))).path("refresh_token").asText();
        browser.post("/auth/vestibule/sign-out", Map.of("where", "here"));
        assertThat(refresh(GOOGLE, refreshToken).status()).isEqualTo(200);
        assertThat(house.audit()).anyMatch(line -> line.startsWith("ConsentGiven"));
    }

    private Response redeem(String clientId, String code) {
        return house.browser()
                .post(
                        "/auth/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code,
                                "client_id",
                                clientId,
                                "client_secret",
                                "made up, as Google's form wants one"));
    }

    private Response refresh(String clientId, String refreshToken) {
        return house.browser()
                .post(
                        "/auth/token",
                        Map.of(
                                "grant_type", "refresh_token",
                                "refresh_token", refreshToken,
                                "client_id", clientId));
    }

    @Test
    void theNextTimeThePersonIsAskedAgain() {
        TestBrowser browser = ada();
        answer(browser, question(browser, google()), "allow");

        assertThat(browser.get(google()).location()).hasPath("/auth/vestibule/consent");
    }

    @Test
    void whoSaysNoSendsTheClientAwayWithItsState() {
        TestBrowser browser = ada();
        int before = house.home.record().requests().size();

        Response refused = answer(browser, question(browser, google()), "refuse");

        assertThat(leadsTo(refused)).isEqualTo(GOOGLE + "?error=access_denied&state=of-google");
        assertThat(house.audit()).anyMatch(line -> line.startsWith("ConsentRefused"));
        assertThat(house.home.record().requests()).hasSize(before);
    }

    @Test
    void aStrangerIsNamedWithWhatItCouldDoAndHearsNothingOfARefusal() {
        TestBrowser browser = ada();
        String question = question(browser, stranger());

        assertThat(page(browser, question))
                .contains("Nobody who runs this home", "app.example.net", "open doors");
        Response refused = answer(browser, question, "refuse");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(leadsTo(refused)).isEmpty();
        assertThat(new Headers(refused.headers()).all("location")).isEmpty();
    }

    @Test
    void aStrangerIsToldWhoAnswersAndProvesThatItAskedItself() {
        TestBrowser browser = ada();

        Response allowed = answer(browser, question(browser, stranger()), "allow");

        assertThat(leadsTo(allowed))
                .startsWith(STRANGER + "callback?code=")
                .endsWith("&state=s&iss=https%3A%2F%2Fhome.example.org");
        String code = code(allowed);
        assertThat(redeem(STRANGER, code).status()).isEqualTo(400);
    }

    @Test
    void aStrangersCodeIsRedeemedWithItsVerifier() {
        TestBrowser browser = ada();
        String code = code(answer(browser, question(browser, stranger()), "allow"));

        Response tokens =
                house.browser()
                        .post(
                                "/auth/token",
                                Map.of(
                                        "grant_type",
                                        "authorization_code",
                                        "code",
                                        code,
                                        "client_id",
                                        STRANGER,
                                        "redirect_uri",
                                        STRANGER + "callback",
                                        "resource",
                                        "https://home.example.org/api/mcp",
                                        "code_verifier",
                                        VERIFIER));

        assertThat(tokens.status()).isEqualTo(200);
    }

    @Test
    void aTokenForSomewhereElseIsNotFetchedEither() {
        TestBrowser browser = ada();
        String code = code(answer(browser, question(browser, google()), "allow"));
        Map<String, String> form =
                Map.of("grant_type", "authorization_code", "code", code, "client_id", GOOGLE);
        Map<String, String> elsewhere = new HashMap<>(form);
        elsewhere.put("resource", "https://other.example/mcp");

        Response refused = house.browser().post("/auth/token", elsewhere);

        assertThat(LoginHouse.json(refused).path("error").asText()).isEqualTo("invalid_target");
        assertThat(house.browser().post("/auth/token", form).status()).isEqualTo(200);
    }

    @Test
    void aStrangerWithoutAChallengeIsNotReceived() {
        Response refused =
                ada().get(authorize(STRANGER, STRANGER + "callback", "&state=s")).response();

        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void aTokenForSomewhereElseIsNotGiven() {
        TestBrowser browser = ada();

        assertThat(
                        browser.get(stranger() + "&resource=https%3A%2F%2Fother.example%2Fmcp")
                                .response()
                                .status())
                .isEqualTo(400);
        String ours = "&resource=" + TestBrowser.encode("https://home.example.org/api/mcp");
        assertThat(browser.get(stranger() + ours).location()).hasPath("/auth/vestibule/consent");
    }

    @Test
    void anAnswerCountsOnce() {
        TestBrowser browser = ada();
        String question = question(browser, google());

        assertThat(answer(browser, question, "allow").status()).isEqualTo(200);
        assertThat(answer(browser, question, "allow").status()).isEqualTo(400);
    }

    @Test
    void anAnswerComesFromOurOwnPage() {
        TestBrowser browser = ada();
        String question = question(browser, google());

        Response forged = answer(browser.onForeignPage(), question, "allow");

        assertThat(forged.status()).isEqualTo(403);
        assertThat(leadsTo(forged)).isEmpty();
    }

    @Test
    void nobodyAnswersForAnotherBrowser() {
        String question = question(ada(), google());
        TestBrowser other = ada();

        assertThat(answer(other, question, "allow").status()).isEqualTo(400);
        assertThat(answer(house.browser(), question, "allow").status()).isEqualTo(400);
    }

    @Test
    void aQuestionRunsOut() {
        TestBrowser browser = ada();
        String question = question(browser, google());

        house.facts.clock.advance(Duration.ofMinutes(10));

        assertThat(answer(browser, question, "allow").status()).isEqualTo(400);
    }

    @Test
    void whoIsSuspendedMeanwhileGivesNothing() {
        TestBrowser browser = ada();
        String question = question(browser, google());

        house.facts.lifecycle.suspend(
                house.facts.accounts.list().getFirst().id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(answer(browser, question, "allow").status()).isEqualTo(400);
    }

    @Test
    void anAnswerThatIsNoneChangesNothing() {
        TestBrowser browser = ada();
        String question = question(browser, google());

        assertThat(answer(browser, question, "perhaps").status()).isEqualTo(400);
        assertThat(answer(browser, question, "allow").status()).isEqualTo(200);
    }

    @Test
    void noPageOfItCanBeFramedOrLeadsAFormElsewhere() {
        TestBrowser browser = ada();
        String question = question(browser, google());

        Response page =
                browser.open(URI.create("https://x/auth/vestibule/consent?request=" + question));

        assertThat(new Headers(page.headers()).single("content-security-policy"))
                .get()
                .asString()
                .contains("frame-ancestors 'none'", "form-action 'self';");
        assertThat(new Headers(page.headers()).single("x-frame-options")).contains("DENY");
    }

    @Test
    void homeAssistantNeverHearsWhereAStrangersAnswerGoes() {
        TestBrowser browser = ada();

        answer(browser, question(browser, stranger()), "allow");

        assertThat(house.home.record().requests())
                .extracting(request -> request.bodyStart())
                .noneMatch(body -> body.contains("callback\""))
                .anyMatch(body -> body.contains("https://app.example.net/"));
    }

    @ParameterizedTest
    @EnumSource(
            value = SignInWay.class,
            names = {"KIOSK", "BREAK_GLASS"})
    void aWallTabletAndAnEmergencyGiveNothingThatStays(SignInWay way) {
        int before = house.home.record().requests().size();

        Response refused =
                house.admissions
                        .welcome()
                        .admit(
                                new ProvenIdentity.Appointed(
                                        new Subject(new Issuer("vestibule:test"), "hall"),
                                        new Profile("hall", "Hall"),
                                        AccountOrigin.KIOSK,
                                        Role.USER,
                                        new Proof(way, ""),
                                        new Stay(Duration.ofMinutes(15), Reach.ANYWHERE)),
                                visitor(),
                                new Destination.Client(
                                        new ClientRequest(
                                                GOOGLE,
                                                GOOGLE,
                                                "",
                                                "",
                                                ClientKind.VOICE,
                                                "Google Assistant")));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(house.home.record().requests()).hasSize(before);
    }

    private static Visitor visitor() {
        return new Visitor(
                TestFacts.HOME,
                LoginHouse.ORIGIN,
                new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.7")),
                ClientCertificate.NONE,
                InetAddress.ofLiteral("192.0.2.7"),
                new Headers(List.of()),
                "ref-1");
    }
}
