package dev.vestibule.firstrun;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.firstrun.FirstRunConnection.Raw;
import dev.vestibule.http.Assets;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Cookies;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Request;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.http.Response;
import dev.vestibule.http.SetCookie;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.network.ForwardingHeaders;
import dev.vestibule.network.IpLiteral;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Who may ask the first-run page, and for what. Nothing of what is behind it happens for anybody
/// but the one browser that entered the code, with one exception: the provider's answer to the
/// trial sign-in, which is known by its state. Safe to share between threads.
final class FirstRunDoor {

    static final String PATH = "/first-run";

    /// Carried by every form beside the origin of its page.
    static final String FORM_TOKEN = "form-token";

    /// Where the provider's answer leads on to.
    private static final String ARRIVED = Step.TRIAL.path() + "/arrived";

    private static final String CODE = "code";
    private static final String COOKIE = "vestibule_first_run";
    private static final HomeId NO_HOME_YET = new HomeId("first-run");
    private static final List<String> FIRST_RUN = List.of("first-run");
    private static final List<String> ASSETS = List.of("auth", "vestibule", "assets");

    private final Secrets secrets;
    private final OneTimeCode code;
    private final IdleDeadline deadline;
    private final Wizard wizard;
    private final Runnable guessed;
    private final Assets assets = new Assets();

    /// @param guessed is run once too many codes were wrong
    FirstRunDoor(
            Secrets secrets,
            OneTimeCode code,
            IdleDeadline deadline,
            Wizard wizard,
            Runnable guessed) {
        this.secrets = secrets;
        this.code = code;
        this.deadline = deadline;
        this.wizard = wizard;
        this.guessed = guessed;
    }

    /// May wait for Home Assistant and for the provider.
    Response answer(Raw raw) {
        try {
            return deadline.isOver() ? DoorPages.over() : enter(read(raw));
        } catch (BadRequest bad) {
            return DoorPages.unreadable();
        }
    }

    private Request read(Raw raw) {
        String host = raw.headers().single("host").orElse("");
        Origin origin =
                Origin.parse("http://" + host)
                        .orElseThrow(() -> new BadRequest("The Host header is unreadable."));
        return new Request(
                HexFormat.of().formatHex(secrets.randomBytes(6)),
                NO_HOME_YET,
                origin,
                raw.method(),
                RequestTarget.parse(raw.target()),
                raw.headers(),
                new ClientAddress.Known(raw.peer()),
                ClientCertificate.NONE,
                raw.body().getBytes(StandardCharsets.UTF_8));
    }

    private Response enter(Request request) {
        boolean isPost = request.method().equals("POST");
        boolean isGet = request.method().equals("GET") || request.method().equals("HEAD");
        // A look by HEAD, as checkers of links make, must not use up the provider's answer.
        if (request.method().equals("GET")
                && wizard.awaitsProviderAt(request.target())
                && mayBeCallback(request)) {
            return callback(request);
        }
        if (!isNamedRightly(request.origin()) || isForwarded(request)) {
            return Response.text(
                    421, "This page answers to localhost and to addresses of this machine only.");
        }
        if (isGet) {
            return show(request);
        }
        return isPost ? post(request) : DoorPages.notFound();
    }

    /// Attack: a page of somewhere else, whose name its owner lets point at this machine once it is
    /// open, so that it is of the same origin as this one (DNS rebinding). Whoever means this
    /// machine says `localhost`, or an address.
    private static boolean isNamedRightly(Origin origin) {
        String host = origin.host();
        return origin.isLoopback()
                || IpLiteral.parse(host.replaceFirst("^\\[(.*)]$", "$1")).isPresent();
    }

    /// Attack: a reverse proxy that points here already, and lets the whole world ask. What comes
    /// through one was not asked by whoever sits at the console.
    private static boolean isForwarded(Request request) {
        return request.headers().fields().stream()
                .map(Header::name)
                .anyMatch(ForwardingHeaders::isName);
    }

    private boolean mayBeCallback(Request request) {
        return isNamedRightly(request.origin())
                || wizard.isPublicHost(request.origin().authority());
    }

    /// The browser may come by the home's name, where it has no cookie of this page. What is said
    /// there tells nothing of the person who signed in. By a name of this page it is led to where
    /// its cookie is sent.
    private Response callback(Request request) {
        if (!wizard.arrive(request.query())) {
            return DoorPages.unexpected();
        }
        deadline.postpone();
        return isNamedRightly(request.origin()) && !isForwarded(request)
                ? seeOther(ARRIVED)
                : DoorPages.arrived();
    }

    private boolean isBrowser(Request request) {
        return code.isBrowser(Cookies.find(request.headers(), COOKIE));
    }

    private Response show(Request request) {
        if (request.target().isUnder(ASSETS)) {
            return assets.handle(request);
        }
        boolean isIn = isBrowser(request);
        if (!request.target().isUnder(FIRST_RUN)) {
            return request.target().path().equals("/") ? seeOther(PATH) : DoorPages.notFound();
        }
        if (request.target().path().equals(ARRIVED)) {
            return isIn ? seeOther(Step.TRIAL.path()) : DoorPages.arrived();
        }
        if (!isIn) {
            boolean isEntrance = request.target().segments().equals(FIRST_RUN);
            return isEntrance ? entrance() : seeOther(PATH);
        }
        return wizard.show(request.target());
    }

    private Response entrance() {
        return code.isSpent() ? DoorPages.taken() : DoorPages.code();
    }

    private Response post(Request request) {
        if (!OriginCheck.isOwn(Visitor.of(request))) {
            return DoorPages.foreign();
        }
        if (request.target().segments().equals(FIRST_RUN)) {
            return enterCode(request);
        }
        if (!isBrowser(request)) {
            return code.isSpent() ? DoorPages.taken() : DoorPages.foreign();
        }
        // Compared as secrets are, in the same time wherever they differ.
        Optional<Secret> shown = request.form().single(FORM_TOKEN).map(Secret::new);
        if (!shown.equals(Optional.of(wizard.formToken()))) {
            return DoorPages.foreign();
        }
        deadline.postpone();
        return wizard.take(request.target(), request.form());
    }

    private Response enterCode(Request request) {
        if (isBrowser(request)) {
            return seeOther(wizard.place());
        }
        String typed = request.form().single(CODE).orElse("");
        return switch (code.attempt(typed)) {
            case OneTimeCode.Attempt.Right(var browser) -> {
                deadline.postpone();
                // Until the browser closes; not `Secure`, because the page is plain http. For its
                // own path alone: cookies know no ports (RFC 6265 section 8.5), and what else
                // listens on this machine would be sent it.
                yield seeOther(wizard.place())
                        .with(
                                new SetCookie(
                                        COOKIE,
                                        browser.reveal(),
                                        Duration.ofSeconds(-1),
                                        false,
                                        PATH));
            }
            case OneTimeCode.Attempt.Wrong() -> DoorPages.wrong();
            case OneTimeCode.Attempt.Replaced() -> DoorPages.replaced();
            case OneTimeCode.Attempt.Spent() -> DoorPages.taken();
            case OneTimeCode.Attempt.GivenUp() -> DoorPages.givenUp().afterwards(guessed);
        };
    }

    static Response seeOther(String path) {
        return Response.empty(303).with("location", path);
    }
}
