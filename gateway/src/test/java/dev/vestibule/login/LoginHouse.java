package dev.vestibule.login;

import static dev.vestibule.TestFacts.HOME;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.TestFacts;
import dev.vestibule.admission.AdmissionFacts;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.LoginHome;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.WaysIn;
import dev.vestibule.adoption.Adoption;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.client.ClientDocuments;
import dev.vestibule.client.Clients;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.config.LongLivedTokens;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.http.Response;
import dev.vestibule.metric.Meters;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.webhook.WebhookService;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The room as the gateway wires it, between scripted providers and a scripted Home Assistant, over
/// a fresh database. Requests are handed to the handlers as the door would hand them over.
final class LoginHouse implements AutoCloseable {

    static final Origin ORIGIN = Origin.parse("https://home.example.org").orElseThrow();
    static final Origin SECOND = Origin.parse("https://home.lan:8124").orElseThrow();
    static final String CLIENT_ID = "https://home.example.org/";
    static final String REDIRECT = "https://home.example.org/lovelace?auth_callback=1";

    private static final ObjectMapper JSON = new ObjectMapper();

    final TestFacts facts = new TestFacts();
    final ScriptedHomeAssistant home;
    final List<ScriptedOpenIdProvider> scripts = new ArrayList<>();
    final HomeAssistant homeAssistant;
    final Login login;
    final Admissions admissions;
    private final List<OpenIdProvider> providers = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /// How a house differs from the usual one.
    ///
    /// @param homeToken the administrator's token; empty for the right one
    /// @param clients who may ask for codes besides our own pages
    record Plan(int providerCount, LimitsConfig limits, String homeToken, ClientsConfig clients) {
        static final Plan USUAL = new Plan(1, LimitsConfig.DEFAULTS, "");

        Plan(int providerCount, LimitsConfig limits, String homeToken) {
            this(providerCount, limits, homeToken, Defaults.CLIENTS);
        }

        Plan with(ClientsConfig others) {
            return new Plan(providerCount, limits, homeToken, others);
        }
    }

    LoginHouse() {
        this(Plan.USUAL);
    }

    LoginHouse(Plan plan) {
        home = ScriptedHomeAssistant.start(HomeOptions.defaults().withTime(facts.clock));
        for (int i = 0; i < plan.providerCount(); i++) {
            addProvider("id" + i);
        }
        homeAssistant = newHomeAssistant(plan);
        homeAssistant.start();
        homeAssistant.awaitFirstAttempt(Duration.ofSeconds(20));
        admissions = newAdmissions(plan);
        login = newLogin(plan);
    }

    private void addProvider(String id) {
        ScriptedOpenIdProvider script =
                ScriptedOpenIdProvider.start(
                        ProviderOptions.defaults()
                                .withTime(facts.clock)
                                .without(ProviderOptions.Feature.OFFLINE_ACCESS));
        script.register(
                RegisteredClient.secretBasic(
                                "vestibule",
                                "secret",
                                ORIGIN.resolve("/auth/vestibule/callback/" + id))
                        .withPostLogoutRedirectUri(ORIGIN.resolve("/auth/vestibule/sign-out")));
        script.addPerson(Person.of("ada", "Ada Lovelace").withGroups("family"));
        script.addPerson(Person.of("bob", "Bob Builder").withGroups("friends"));
        script.addPerson(Person.of("eve", "Eve").withGroups("strangers"));
        script.signInAutomaticallyAs("ada");
        scripts.add(script);
        providers.add(
                new OpenIdProvider(
                        facts.clock,
                        facts.secrets,
                        OpenIdProviderConfig.of(
                                id,
                                script.issuer(),
                                "vestibule",
                                new ClientAuthentication.SecretBasic(new Secret("secret")))));
    }

    private HomeAssistant newHomeAssistant(Plan plan) {
        String token = plan.homeToken().isEmpty() ? home.administratorToken() : plan.homeToken();
        return new HomeAssistant(
                facts.clock, new HomeAssistantConfig(home.url(), new Secret(token), List.of()));
    }

    private Admissions newAdmissions(Plan plan) {
        HomeUserStore users =
                new HomeUserStore(facts.clock, facts.secrets, facts.database, facts.audit);
        LoginHome entrance =
                new LoginHome(
                        config(plan.clients()),
                        homeAssistant,
                        new HomeSignIn(
                                HOME,
                                new Secret("credential key"),
                                homeAssistant,
                                facts.grants,
                                users,
                                facts.accounts),
                        Adoption.forHome(
                                        new Adoption.Shared(
                                                facts.clock,
                                                facts.database,
                                                facts.accounts,
                                                users,
                                                facts.grants,
                                                new WebhookService(facts.clock, facts.database),
                                                new AddressLimiter(facts.clock, 30)),
                                        HOME,
                                        homeAssistant,
                                        new Adoption.Policy(
                                                ExistingTokens.ADOPT, LongLivedTokens.TRACK),
                                        facts.clock.instant())
                                .tokens());
        return Admissions.build(
                new Admissions.Ground(
                        facts.clock, facts.secrets, facts.sealer, facts.database, facts.audit),
                new AdmissionFacts(
                        facts.accounts,
                        facts.sessions,
                        facts.grants,
                        users,
                        facts.lifecycle,
                        facts.sessionLifecycle,
                        facts.directory.recognition(),
                        facts.proofs,
                        facts.places,
                        (_, _, _) -> true),
                new LoginHomes(Map.of(HOME, entrance)),
                (_, _, _, _) -> {
                    throw new AssertionError("no app is set up in this house");
                },
                List.of(),
                plan.limits(),
                new NetworkConfig(List.of(), List.of()));
    }

    private Login newLogin(Plan plan) {
        return new Login(
                new Login.Ground(
                        facts.clock,
                        facts.secrets,
                        facts.sealer,
                        facts.database,
                        new RequestRefusals(
                                facts.clock,
                                new AuthenticationFailures(facts.clock),
                                new Meters())),
                new Login.People(
                        facts.accounts,
                        facts.sessions,
                        facts.grants,
                        facts.lifecycle,
                        facts.sessionLifecycle,
                        facts.proofs,
                        facts.places),
                admissions,
                Map.of(HOME, new Clients(config(plan.clients()), new ClientDocuments(facts.clock))),
                providers,
                new WaysIn(List.of(), List.of()),
                (_, _) -> {
                    throw new AssertionError("no app is set up in this house");
                },
                List.of(),
                plan.limits());
    }

    /// The clients of a home that lists these.
    static Clients clients(ClientsConfig config) {
        return new Clients(
                config(URI.create("http://localhost:1"), config),
                new ClientDocuments(InstantSource.system()));
    }

    private HomeConfig config(ClientsConfig clients) {
        return config(home.url(), clients);
    }

    private static HomeConfig config(URI homeAssistant, ClientsConfig clients) {
        return new HomeConfig(
                HOME,
                ORIGIN,
                List.of(SECOND),
                false,
                new HomeAssistantConfig(homeAssistant, new Secret("unused"), List.of()),
                new RolesConfig(Set.of(), Set.of("family"), Set.of("friends"), List.of()),
                new RoutesConfig(
                        RoutesConfig.Shell.CACHED,
                        RoutesConfig.PublicFiles.SESSION,
                        RoutesConfig.Capability.KNOWN),
                Defaults.SESSION,
                Defaults.APPS,
                Defaults.SIGN_IN,
                clients,
                ExistingTokens.ADOPT,
                LongLivedTokens.TRACK,
                Duration.ofDays(30));
    }

    ScriptedOpenIdProvider provider() {
        return scripts.getFirst();
    }

    TestBrowser browser() {
        return new TestBrowser(login, ORIGIN);
    }

    /// Does at the provider what a browser would do there, and returns with the address of the
    /// callback.
    URI visit(URI location) {
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(location).build(),
                            HttpResponse.BodyHandlers.ofString());
            return URI.create(answer.headers().firstValue("location").orElseThrow());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /// From `/auth/authorize` to the provider and back: the answer of the callback.
    Response signIn(TestBrowser browser) {
        return browser.open(visit(browser.get(authorize("")).location()));
    }

    /// Signs in and redeems the code.
    JsonNode tokens(TestBrowser browser) {
        return redeem(browser, TestBrowser.code(signIn(browser)));
    }

    static JsonNode redeem(TestBrowser browser, String code) {
        return json(
                browser.post(
                        "/auth/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code,
                                "client_id",
                                CLIENT_ID)));
    }

    static JsonNode json(Response response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /// The authorization request of the front end.
    ///
    /// @param more further parameters, encoded, each beginning with `&`
    static String authorize(String more) {
        return "/auth/authorize?response_type=code&client_id="
                + TestBrowser.encode(CLIENT_ID)
                + "&redirect_uri="
                + TestBrowser.encode(REDIRECT)
                + more;
    }

    /// The newest lines of the audit log, as `kind reason`.
    List<String> audit() {
        return facts.audit.newest(20).stream()
                .map(line -> line.kind() + " " + reason(line.detail()))
                .map(String::strip)
                .toList();
    }

    private static String reason(String detail) {
        try {
            return JSON.readTree(detail).path("reason").asText("");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        login.close();
        http.close();
        providers.forEach(OpenIdProvider::close);
        scripts.forEach(ScriptedOpenIdProvider::close);
        homeAssistant.close();
        home.close();
        facts.close();
    }
}
