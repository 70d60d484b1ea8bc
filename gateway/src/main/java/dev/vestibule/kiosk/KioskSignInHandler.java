package dev.vestibule.kiosk;

import dev.vestibule.account.AccountOrigin;
import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.WayIn;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.kiosk.Kiosks.Kiosk;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.List;
import java.util.Optional;

/// `GET /auth/vestibule/kiosk` asks the tablet's browser to sign something with its key, and so
/// does a `POST` without anything signed, by which a person makes room for the tablet. `POST` takes
/// what it signed: an approved key signs the tablet in, another one gets a code for an
/// administrator. Network and key, not one of the two.
final class KioskSignInHandler implements Handler {

    private static final int DEVICE_LENGTH_MAX = 200;

    private final Secrets secrets;
    private final Kiosks kiosks;
    private final KioskWay way;
    private final KioskPending pending;
    private final TabletKeyStore keys;
    private final Admissions admissions;

    KioskSignInHandler(
            Secrets secrets,
            Kiosks kiosks,
            KioskWay way,
            KioskPending pending,
            TabletKeyStore keys,
            Admissions admissions) {
        this.secrets = secrets;
        this.kiosks = kiosks;
        this.way = way;
        this.pending = pending;
        this.keys = keys;
        this.admissions = admissions;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        Optional<Kiosk> kiosk =
                kiosks.at(visitor.home(), visitor.presence())
                        .filter(found -> found.config().deviceKey() == DeviceKey.REQUIRED);
        if (kiosk.isEmpty()) {
            return KioskPages.problem(403, "not-here", visitor.reference());
        }
        if (!admissions.limiter().tryTake(visitor.client())) {
            return AdmissionPages.tooMany(visitor.reference());
        }
        return request.method().equals("POST")
                ? take(visitor, kiosk.get(), request.form())
                : show(visitor, kiosk.get(), request.query().single("choice").orElse(""));
    }

    /// Attack: a link that puts the tablet in the place of the person who is signed in. Their
    /// browser proves nothing unless they press the button.
    private Response show(Visitor visitor, Kiosk kiosk, String choice) {
        return admissions
                .insiders()
                .find(visitor)
                .map(Insider::account)
                .filter(person -> person.origin() != AccountOrigin.KIOSK)
                .map(
                        person ->
                                KioskPages.takeOver(
                                        kiosk.config().name(), person.displayName(), choice))
                .orElseGet(() -> ask(visitor, kiosk, choice));
    }

    /// Attack: a form on a page elsewhere.
    private Response take(Visitor visitor, Kiosk kiosk, Parameters form) {
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        return form.single("challenge").isPresent()
                ? prove(visitor, kiosk, form)
                : ask(visitor, kiosk, form.single("choice").orElse(""));
    }

    private Response ask(Visitor visitor, Kiosk kiosk, String choice) {
        Browser browser = Browser.findOrNew(visitor, secrets);
        return pending.challenge(visitor.home(), browser)
                .map(
                        challenge ->
                                KioskPages.prove(
                                                kiosk.config().name(),
                                                visitor.home().value(),
                                                challenge,
                                                choice,
                                                targets(visitor))
                                        .with(browser.cookie(visitor.isSecure())))
                .orElseGet(() -> AdmissionPages.tooMany(visitor.reference()));
    }

    private List<String> targets(Visitor visitor) {
        return admissions.homes().get(visitor.home()).origins().stream()
                .map(Origin::toString)
                .toList();
    }

    /// Attack: a signature for another challenge or another house.
    private Response prove(Visitor visitor, Kiosk kiosk, Parameters form) {
        Secret challenge = new Secret(form.single("challenge").orElse(""));
        Optional<Browser> browser = Browser.find(visitor);
        if (browser.isEmpty() || !pending.consume(challenge, visitor.home(), browser.get())) {
            return AdmissionPages.stale(visitor.reference());
        }
        Optional<TabletKey> key =
                TabletKey.read(form.single("key").orElse(""))
                        .filter(
                                read ->
                                        read.signed(
                                                toSign(challenge, visitor),
                                                form.single("signature").orElse("")));
        if (key.isEmpty()) {
            admissions
                    .refusals()
                    .noteFailed(
                            visitor,
                            WayIn.KIOSK,
                            "kiosk " + kiosk.config().name(),
                            RefusalReason.KIOSK_PROOF_INVALID);
            return KioskPages.problem(400, "not-proven", visitor.reference());
        }
        String choice = form.single("choice").orElse("");
        return keys.use(kiosk, key.get())
                .map(id -> admit(visitor, kiosk, id, choice))
                .orElseGet(() -> showCode(visitor, kiosk, key.get(), choice));
    }

    private Response admit(Visitor visitor, Kiosk kiosk, String key, String choice) {
        return admissions
                .welcome()
                .admit(way.appointed(kiosk, key), visitor, destination(visitor, choice));
    }

    private static String toSign(Secret challenge, Visitor visitor) {
        return "vestibule kiosk\n"
                + challenge.reveal()
                + "\n"
                + visitor.origin()
                + "\n"
                + visitor.home();
    }

    private Destination destination(Visitor visitor, String choice) {
        return Browser.find(visitor)
                .flatMap(
                        browser ->
                                admissions
                                        .choices()
                                        .find(new Secret(choice), visitor.home(), browser))
                .map(SignInWish::destination)
                .orElseGet(() -> new Destination.Page("/"));
    }

    private Response showCode(Visitor visitor, Kiosk kiosk, TabletKey key, String choice) {
        String agent = visitor.userAgent();
        String device = agent.substring(0, Math.min(agent.length(), DEVICE_LENGTH_MAX));
        return pending.await(kiosk, key, visitor.address(), device)
                .map(
                        code ->
                                KioskPages.code(
                                        kiosk.config().name(),
                                        code,
                                        visitor.origin().authority() + KioskPaths.APPROVE,
                                        KioskPaths.signIn(new Secret(choice))))
                .orElseGet(() -> AdmissionPages.tooMany(visitor.reference()));
    }
}
