package dev.vestibule.login;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Paths;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Choices;
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
import dev.vestibule.http.Text;
import dev.vestibule.login.ProviderSignOut.Offer;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Insider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The pages of this room. Each says what happened and what to do next; nothing that a provider or
/// Home Assistant wrote about an error is repeated.
final class LoginPages {

    /// The provider asks who comes, where it would else sign in whoever was there last.
    private static final String SIGN_IN_AGAIN = Paths.SIGN_IN + "?prompt=select_account";

    private LoginPages() {}

    static Response unknownClient(String clientId, String reference) {
        return AdmissionPages.problem(
                403,
                "unknown-client",
                reference,
                new Fact(text("login.unknown-client.label"), Text.verbatim(clientId)));
    }

    static Response noClientDocument(String clientId, String reference) {
        return AdmissionPages.problem(
                        503,
                        "no-client-document",
                        reference,
                        new Fact(text("login.unknown-client.label"), Text.verbatim(clientId)))
                .with("retry-after", "60");
    }

    static Response malformed(String reason, String reference) {
        return AdmissionPages.problem(
                400, "malformed", reference, new Paragraph(text("login.malformed." + reason)));
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
                new Paragraph(text("login.signed-out.text")),
                SignedOutMark.overriding(destination.address()),
                atProvider);
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
                                            List.of(),
                                            List.of(
                                                    new Option(
                                                            "provider",
                                                            text(
                                                                    "login.signed-out.provider",
                                                                    offer.displayName())))),
                                    Text.nothing()));
                });
        return Pages.answer(
                200,
                new Page(text("login.signed-out.title"), parts, ""),
                atProvider.map(offer -> offer.origin().toString()).stream().toList());
    }

    static Response signOut(Insider person, Optional<Offer> atProvider) {
        Option here = new Option("here", text("login.sign-out.here"));
        List<Option> more = new ArrayList<>();
        atProvider.ifPresent(
                offer ->
                        more.add(
                                new Option(
                                        "provider",
                                        text("login.sign-out.provider", offer.displayName()))));
        more.add(new Option("everywhere", text("login.sign-out.everywhere")));
        List<Part> parts = new ArrayList<>();
        parts.add(new Paragraph(text("login.sign-out.text", person.account().displayName())));
        parts.add(
                new Form(
                        Paths.SIGN_OUT,
                        atProvider.map(Offer::providerId).stream()
                                .map(id -> new Hidden("provider", id))
                                .toList(),
                        new Part.ChoiceField("where", List.of(here), more),
                        Text.nothing()));
        parts.add(new Quiet(text("login.sign-out.everywhere-means")));
        if (person.session().way().isAPersonsOwn()) {
            parts.add(new LesserButton(text("profile.link"), Paths.PROFILE));
        }
        parts.add(new LesserButton(text("login.sign-out.stay"), "/"));
        return Pages.answer(
                200,
                new Page(text("login.sign-out.title"), parts, ""),
                atProvider.map(offer -> offer.origin().toString()).stream().toList());
    }

    /// @param more what other ways in show
    /// @param formTargets where their forms may lead
    static Response choose(
            List<OpenIdProvider> providers,
            Secret choice,
            List<Part> more,
            List<String> formTargets) {
        List<Button> buttons =
                providers.stream()
                        .map(
                                provider ->
                                        new Button(
                                                text("login.choose.button", provider.displayName()),
                                                choiceAddress(provider, choice)))
                        .toList();
        List<Part> parts = new ArrayList<>();
        parts.add(new Paragraph(text("login.choose.text")));
        parts.add(new Choices(buttons));
        parts.addAll(more);
        return Pages.answer(200, new Page(text("login.choose.title"), parts, ""), formTargets);
    }

    private static String choiceAddress(OpenIdProvider provider, Secret choice) {
        return Paths.SIGN_IN
                + "/"
                + PercentCoding.encode(provider.id())
                + "?choice="
                + PercentCoding.encode(choice.reveal());
    }

    static Response refusedByProvider(Destination destination, String reference) {
        return AdmissionPages.problem(403, "refused-by-provider", reference, back(destination));
    }

    static Response signInFailed(Destination destination, String reference) {
        return AdmissionPages.problem(403, "failed", reference, back(destination));
    }

    /// Whoever came for an app tries again for that app; this browser has nothing else to do here.
    private static Button back(Destination destination) {
        return destination instanceof Destination.HandOff
                ? new Button(text("handoff.again"), destination.address())
                : AdmissionPages.toStart();
    }
}
