package dev.vestibule.login;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.Origin;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Choices;
import dev.vestibule.http.Page.Part.CodeField;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LesserButton;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Pages;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.http.Response;
import dev.vestibule.login.ProviderSignOut.Offer;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.secret.Secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The pages of this room. Each says what happened and what to do next; nothing that a provider or
/// Home Assistant wrote about an error is repeated.
final class LoginPages {

    private static final String RETRY_AFTER_SECONDS = "10";

    /// The provider asks who comes, where it would else sign in whoever was there last.
    private static final String SIGN_IN_AGAIN = Paths.SIGN_IN + "?prompt=select_account";

    private LoginPages() {}

    static Response unknownClient(String clientId, String reference) {
        return problem(
                403,
                "unknown-client",
                reference,
                new Fact(text("login.unknown-client.label"), clientId));
    }

    static Response malformed(String reason, String reference) {
        return problem(
                400, "malformed", reference, new Paragraph(text("login.malformed." + reason)));
    }

    static Response badRequest(String reference) {
        return problem(400, "bad-request", reference);
    }

    static Response forbidden(String reference) {
        return problem(403, "forbidden", reference);
    }

    static Response notFound(String reference) {
        return problem(404, "not-found", reference, toStart());
    }

    static Response tooMany(String reference) {
        return problem(429, "too-many", reference).with("retry-after", "60");
    }

    /// What a browser that is signed out hears.
    enum SignedOutText {
        HERE("text"),
        EVERYWHERE("everywhere"),
        /// It may never have been signed in.
        NOT_SIGNED_IN("already");

        private final String key;

        SignedOutText(String key) {
            this.key = key;
        }
    }

    /// In the way of a browser that wants to be somewhere.
    static Response signedOut(Destination destination, Optional<Offer> atProvider) {
        return signedOut(
                new Paragraph(text("login.signed-out.text")), destination.address(), atProvider);
    }

    static Response signedOut(SignedOutText text, Optional<Offer> atProvider) {
        return signedOut(
                new Paragraph(text("login.signed-out." + text.key)), SIGN_IN_AGAIN, atProvider);
    }

    /// @param provider did not answer
    static Response signedOutHereOnly(String provider) {
        return signedOut(
                new Alert(text("login.signed-out.provider-away", provider)),
                SIGN_IN_AGAIN,
                Optional.empty());
    }

    private static Response signedOut(Part said, String signIn, Optional<Offer> atProvider) {
        List<Part> parts = new ArrayList<>();
        parts.add(said);
        parts.add(new Button(text("login.signed-out.button"), signIn));
        atProvider.ifPresent(
                offer -> {
                    parts.add(new Quiet(text("login.signed-out.still-there", offer.displayName())));
                    parts.add(
                            new Form(
                                    Paths.SIGN_OUT,
                                    List.of(new Hidden("provider", offer.providerId())),
                                    new Part.ChoiceField(
                                            "where",
                                            List.of(
                                                    new Option(
                                                            "provider",
                                                            text(
                                                                    "login.signed-out.provider",
                                                                    offer.displayName())))),
                                    ""));
                });
        return Pages.answer(
                200,
                new Page(text("login.signed-out.title"), parts, ""),
                atProvider.map(Offer::origin).stream().toList());
    }

    static Response signOut(String person, Optional<Offer> atProvider) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("here", text("login.sign-out.here")));
        atProvider.ifPresent(
                offer ->
                        options.add(
                                new Option(
                                        "provider",
                                        text("login.sign-out.provider", offer.displayName()))));
        options.add(new Option("everywhere", text("login.sign-out.everywhere")));
        return Pages.answer(
                200,
                Page.of(
                        text("login.sign-out.title"),
                        new Paragraph(text("login.sign-out.text", person)),
                        new Form(
                                Paths.SIGN_OUT,
                                atProvider.map(Offer::providerId).stream()
                                        .map(id -> new Hidden("provider", id))
                                        .toList(),
                                new Part.ChoiceField("where", options),
                                ""),
                        new Quiet(text("login.sign-out.everywhere-means")),
                        new LesserButton(text("login.sign-out.stay"), "/")),
                atProvider.map(Offer::origin).stream().toList());
    }

    static Response choose(List<OpenIdProvider> providers, Secret choice) {
        List<Button> buttons =
                providers.stream()
                        .map(
                                provider ->
                                        new Button(
                                                text("login.choose.button", provider.displayName()),
                                                choiceAddress(provider, choice)))
                        .toList();
        return Pages.answer(
                200,
                Page.of(
                        text("login.choose.title"),
                        new Paragraph(text("login.choose.text")),
                        new Choices(buttons)));
    }

    private static String choiceAddress(OpenIdProvider provider, Secret choice) {
        return Paths.SIGN_IN
                + "/"
                + PercentCoding.encode(provider.id())
                + "?choice="
                + PercentCoding.encode(choice.reveal());
    }

    /// The answer of a provider came a second time, too late, or in another browser.
    static Response stale(String reference) {
        return problem(400, "stale", reference, toStart());
    }

    static Response refusedByProvider(String reference) {
        return problem(403, "refused-by-provider", reference, toStart());
    }

    static Response signInFailed(String reference) {
        return problem(403, "failed", reference, toStart());
    }

    /// 503 and not 502: proxies and tunnels in front put a page of their own in place of a 502.
    static Response providerAway(String reference) {
        return problem(503, "provider-away", reference, again())
                .with("retry-after", RETRY_AFTER_SECONDS);
    }

    static Response providerMisconfigured(String reference) {
        return problem(502, "provider-misconfigured", reference, again());
    }

    static Response databaseAway(String reference) {
        return problem(503, "database-away", reference, again())
                .with("retry-after", RETRY_AFTER_SECONDS);
    }

    static Response noRole(String name, String home, Destination destination, String reference) {
        Page page =
                new Page(
                        text("login.no-role.title"),
                        List.of(
                                new Paragraph(text("login.no-role.text", name, home)),
                                new Paragraph(text("login.no-role.next")),
                                new Button(
                                        text("login.no-role.button"),
                                        destination.address() + otherAccount(destination))),
                        reference);
        return Pages.answer(403, page);
    }

    private static String otherAccount(Destination destination) {
        return (destination.address().indexOf('?') < 0 ? "?" : "&") + "prompt=select_account";
    }

    static Response suspended(String name, String reference) {
        Page page =
                new Page(
                        text("login.suspended.title"),
                        List.of(
                                new Paragraph(text("login.suspended.text", name)),
                                new Paragraph(text("login.suspended.next"))),
                        reference);
        return Pages.answer(403, page);
    }

    static Response refusedByHome(HomeRefusal reason, String reference) {
        return problem(403, "home-" + key(reason), reference, toStart());
    }

    static Response trouble(HomeTrouble trouble, String reference) {
        return problem(trouble.status(), "home-" + key(trouble), reference, again())
                .with("retry-after", RETRY_AFTER_SECONDS);
    }

    private static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @param formTargets where the browser may be sent after the answer
    static Response secondFactor(
            ArrivalResult.SecondFactor asked, List<Origin> formTargets, String reference) {
        MfaStep step = asked.step();
        List<Part> parts = new ArrayList<>();
        if (asked.isAgain()) {
            parts.add(new Alert(text("login.mfa.wrong")));
        }
        parts.add(new Paragraph(text(step.asksForModule() ? "login.mfa.which" : "login.mfa.text")));
        parts.add(
                new Form(
                        Paths.MFA,
                        List.of(new Hidden("question", asked.question().reveal())),
                        step.asksForModule()
                                ? new Part.ChoiceField("answer", options(step))
                                : new CodeField("answer", text("login.mfa.label")),
                        text("login.mfa.submit")));
        return Pages.answer(200, new Page(text("login.mfa.title"), parts, ""), formTargets);
    }

    private static List<Option> options(MfaStep step) {
        return step.modules().stream()
                .map(module -> new Option(module.id(), module.name()))
                .toList();
    }

    private static Button toStart() {
        return new Button(text("login.to-start"), "/");
    }

    private static Button again() {
        return new Button(text("login.again"), "/");
    }

    private static Response problem(int status, String key, String reference, Part... more) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Paragraph(text("login." + key + ".text")));
        parts.addAll(List.of(more));
        return Pages.answer(status, new Page(text("login." + key + ".title"), parts, reference));
    }
}
