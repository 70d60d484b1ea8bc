package dev.vestibule;

import dev.vestibule.admission.AdmissionFacts;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.AuthorizationCodeStore;
import dev.vestibule.admission.LoginDispatcher;
import dev.vestibule.admission.LoginHome;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Prospects;
import dev.vestibule.admission.StandingProofs;
import dev.vestibule.admission.WaysIn;
import dev.vestibule.assertion.Assertions;
import dev.vestibule.audit.AuditSweep;
import dev.vestibule.client.ClientDocuments;
import dev.vestibule.client.Clients;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.console.Console;
import dev.vestibule.emergency.BreakGlass;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.handoff.HandOffCodes;
import dev.vestibule.handoff.HandOffEntrance;
import dev.vestibule.kiosk.KioskRoom;
import dev.vestibule.kiosk.Kiosks;
import dev.vestibule.kiosk.TabletKeyStore;
import dev.vestibule.local.LocalDoor;
import dev.vestibule.local.LocalEntrance;
import dev.vestibule.login.Login;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.passkey.NewPasskeys;
import dev.vestibule.passkey.Passkeys;
import dev.vestibule.policy.Places;
import dev.vestibule.policy.UpstreamRule;
import dev.vestibule.profile.Neighbours;
import dev.vestibule.profile.ProfileRoom;
import dev.vestibule.scim.Scim;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/// Every way in of a gateway, built once. Each ends in the one admission.
final class GatewayEntrances implements AutoCloseable {

    private final LoginDispatcher dispatcher;
    private final Prospects prospects;
    private final Assertions assertions;
    private final UpstreamRule upstream;
    private final HandOffEntrance handOff;
    private final KioskRoom kiosks;
    private final Map<HomeId, Clients> clients;
    private final Login login;
    private final AuthorizationCodeStore unredeemed;
    private final Passkeys passkeys;
    private final LocalEntrance local;
    private final BreakGlass breakGlass;
    private final ProfileRoom profile;

    /// The ground that the ways in stand on.
    record Ground(
            InstantSource time,
            Secrets secrets,
            Sealer sealer,
            Database database,
            GatewayConfig config) {}

    /// @param providers in the order in which the sign-in page offers them; at least one
    GatewayEntrances(
            Ground ground,
            GatewayFacts facts,
            Map<HomeId, LoginHome> homes,
            List<OpenIdProvider> providers,
            Tablets tablets) {
        HandOffCodes codes =
                new HandOffCodes(
                        ground.time(),
                        ground.secrets(),
                        ground.database(),
                        facts.audit(),
                        ground.config().limits());
        NewPasskeys newPasskeys = new NewPasskeys(ground.database(), facts.sessions());
        LoginHomes loginHomes = new LoginHomes(homes);
        LocalDoor localDoor =
                new LocalDoor(
                        ground.time(), ground.database(), loginHomes, ground.config().network());
        Admissions admissions =
                admissions(
                        ground,
                        facts,
                        loginHomes,
                        tablets.places(),
                        new WaysStanding(loginHomes, localDoor, tablets.keys()),
                        codes,
                        newPasskeys);
        this.dispatcher = admissions.dispatcher();
        this.prospects =
                new Prospects(
                        ground.database(),
                        facts.accounts(),
                        facts.directory().recognition(),
                        admissions.homes(),
                        admissions.dispatcher());
        this.unredeemed = admissions.codes();
        this.assertions =
                new Assertions(
                        facts.world(),
                        facts.accounts(),
                        admissions.dispatcher(),
                        admissions.refusals(),
                        ground.config().assertions(),
                        ground.config().trustedHeaders());
        this.kiosks =
                new KioskRoom(
                        new KioskRoom.Ground(
                                ground.time(), ground.secrets(), ground.database(), facts.audit()),
                        facts.accounts(),
                        admissions,
                        tablets.kiosks(),
                        tablets.keys(),
                        ground.config().homes());
        this.upstream = assertions.upstreamRule(ground.config().homes());
        this.passkeys =
                new Passkeys(
                        new Passkeys.Ground(
                                ground.time(), ground.secrets(), ground.database(), facts.audit()),
                        new Passkeys.People(
                                newPasskeys,
                                facts.sessions(),
                                facts.sessionLifecycle(),
                                facts.lifecycle()),
                        admissions,
                        ground.config().homes(),
                        ground.config().limits());
        this.local =
                new LocalEntrance(
                        admissionGround(ground, facts),
                        admissions,
                        localDoor,
                        ground.config().network(),
                        facts.userLink());
        this.breakGlass =
                new BreakGlass(
                        admissionGround(ground, facts),
                        facts.accounts(),
                        admissions,
                        ground.config().network());
        this.profile =
                new ProfileRoom(
                        new ProfileRoom.Facts(
                                ground.database(),
                                facts.accounts(),
                                facts.sessions(),
                                facts.grants(),
                                facts.sessionLifecycle()),
                        admissions.insiders(),
                        ground.config().providers(),
                        new Neighbours(passkeys::areOn, local::isLinkingOffered));
        WaysIn ways = waysIn();
        this.handOff =
                new HandOffEntrance(
                        new HandOffEntrance.Ground(ground.time(), ground.secrets(), facts.audit()),
                        admissions,
                        codes,
                        providers,
                        ways,
                        ground.config().limits());
        this.clients = clients(ground);
        this.login =
                new Login(
                        new Login.Ground(
                                ground.time(),
                                ground.secrets(),
                                ground.sealer(),
                                ground.database(),
                                facts.refusals()),
                        new Login.People(
                                facts.accounts(),
                                facts.sessions(),
                                facts.grants(),
                                facts.lifecycle(),
                                facts.sessionLifecycle(),
                                facts.proofs(),
                                tablets.places()),
                        admissions,
                        clients,
                        providers,
                        ways,
                        handOff.door(),
                        sweeps(ground, facts),
                        ground.config().limits());
    }

    /// Wall tablets, and where accounts may be.
    record Tablets(Kiosks kiosks, TabletKeyStore keys, Places places) {}

    private static Admissions admissions(
            Ground ground,
            GatewayFacts facts,
            LoginHomes homes,
            Places places,
            StandingProofs standing,
            HandOffCodes codes,
            NewPasskeys newPasskeys) {
        return Admissions.build(
                admissionGround(ground, facts),
                new AdmissionFacts(
                        facts.accounts(),
                        facts.sessions(),
                        facts.grants(),
                        facts.homeUsers(),
                        facts.lifecycle(),
                        facts.sessionLifecycle(),
                        facts.directory().recognition(),
                        facts.proofs(),
                        places,
                        standing),
                homes,
                codes,
                List.of(newPasskeys),
                ground.config().limits(),
                ground.config().network());
    }

    LoginDispatcher dispatcher() {
        return dispatcher;
    }

    /// Foretells what would become of people.
    Prospects prospects() {
        return prospects;
    }

    /// Every way in, to be asked about people who are not there.
    List<AskedWay> askedWays() {
        return List.of(
                login.asked(),
                assertions.asked(),
                passkeys.asked(),
                local.asked(),
                kiosks.asked(),
                breakGlass.asked());
    }

    /// @throws IllegalStateException where there is no such home
    Clients clientsOf(HomeId home) {
        Clients found = clients.get(home);
        if (found == null) {
            throw new IllegalStateException("no such home: " + home);
        }
        return found;
    }

    private static Map<HomeId, Clients> clients(Ground ground) {
        ClientDocuments documents = new ClientDocuments(ground.time());
        return ground.config().homes().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                HomeConfig::name, home -> new Clients(home, documents)));
    }

    private static Admissions.Ground admissionGround(Ground ground, GatewayFacts facts) {
        return new Admissions.Ground(
                ground.time(), ground.secrets(), ground.sealer(), ground.database(), facts.audit());
    }

    /// In the order in which they are asked and shown.
    private WaysIn waysIn() {
        return new WaysIn(
                List.of(assertions, kiosks.way()),
                List.of(kiosks.offer(), passkeys.way(), local.offered()));
    }

    /// What is removed from time to time once it ran out.
    private List<IntSupplier> sweeps(Ground ground, GatewayFacts facts) {
        AuditSweep audit =
                new AuditSweep(
                        ground.time(),
                        ground.database(),
                        facts.audit(),
                        ground.config().audit().retention());
        return List.of(
                audit::sweep,
                passkeys::sweep,
                kiosks::sweep,
                handOff::sweep,
                local::sweep,
                breakGlass::sweep);
    }

    /// What is demanded of the way to the door.
    UpstreamRule upstreamRule() {
        return upstream;
    }

    LocalEntrance local() {
        return local;
    }

    BreakGlass breakGlass() {
        return breakGlass;
    }

    /// Ends the codes of a home that nobody has redeemed yet.
    void endCodesAt(HomeId home) {
        unredeemed.endAllAt(home);
    }

    void start() {
        login.start();
    }

    /// Removes now what ran out.
    void sweep() {
        login.sweep();
    }

    Routes.OwnHandlers handlers(Scim scim, Console console) {
        return new Routes.OwnHandlers(
                login.authorize(),
                login.token(),
                login.revoke(),
                login.metadata(),
                login.signIn(),
                login.signOut(),
                login.callback(),
                login.mfa(),
                login.consent(),
                login.backChannelLogout(),
                handOff.link(),
                handOff.page(),
                handOff.state(),
                login.assets(),
                new Routes.PasskeyHandlers(
                        passkeys.list(),
                        passkeys.one(),
                        passkeys.unseen(),
                        passkeys.creationOptions(),
                        passkeys.requestOptions(),
                        passkeys.signIn()),
                kiosks.signIn(),
                kiosks.approve(),
                new Routes.LocalHandlers(local.signIn(), local.code(), local.link()),
                breakGlass.handler(),
                new Routes.ProfileHandlers(profile.me(), profile.browsers(), profile.apps()),
                new Routes.ConsoleHandlers(console.start(), console.handlers()),
                scim.handler(),
                scim.guard());
    }

    @Override
    public void close() {
        login.close();
        assertions.close();
    }
}
