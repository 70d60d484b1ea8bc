package dev.vestibule.handoff;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.LoginHome;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Paths;
import dev.vestibule.config.AppSignIn;
import dev.vestibule.http.Assets;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LeavingButton;
import dev.vestibule.http.Page.Part.Live;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Picture;
import dev.vestibule.http.Page.Part.ShortCodeField;
import dev.vestibule.http.Pages;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.visit.Visitor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The page that an app shows: how to prove who one is, and where to type the code. It says all of
/// that without scripts, too. Safe to share between threads.
final class AppPage {

    private final LoginHomes homes;
    private final List<OpenIdProvider> providers;

    AppPage(LoginHomes homes, List<OpenIdProvider> providers) {
        this.homes = homes;
        this.providers = List.copyOf(providers);
    }

    Response show(HandOff handOff, Visitor visitor) {
        return show(handOff, visitor, List.of());
    }

    /// @param wrong what was wrong with what was typed
    Response again(HandOff handOff, Visitor visitor, Text wrong) {
        return show(handOff, visitor, List.of(new Alert(wrong)));
    }

    private Response show(HandOff handOff, Visitor visitor, List<Part> first) {
        LoginHome home = homes.get(visitor.home());
        List<Part> parts = new ArrayList<>(first);
        parts.add(new Paragraph(text(isInApp(home) ? "handoff.page.in-app" : "handoff.page.text")));
        for (OpenIdProvider provider : providers) {
            parts.add(button(handOff, home, provider));
        }
        parts.add(
                new Form(
                        Paths.HAND_OFF,
                        List.of(new Hidden("link", handOff.link().value())),
                        new ShortCodeField("code", text("handoff.page.label")),
                        text("handoff.page.submit")));
        parts.add(live(handOff));
        parts.addAll(elsewhere(handOff, home));
        return Pages.answer(
                200,
                new Page(text("handoff.page.title"), parts, ""),
                List.of(handOff.app().formTarget()));
    }

    /// Android's web view hands every foreign host to the system's browser by itself. That of iOS
    /// shows them all, and hands over what opens in another window.
    private static Part button(HandOff handOff, LoginHome home, OpenIdProvider provider) {
        Text label = text("login.choose.button", provider.displayName());
        String href =
                Paths.APP
                        + "/"
                        + handOff.link().value()
                        + "?with="
                        + PercentCoding.encode(provider.id());
        boolean staysInView = !handOff.isOnIos() || isInApp(home);
        return staysInView ? new Button(label, href) : new LeavingButton(label, href);
    }

    private static boolean isInApp(LoginHome home) {
        return home.config().signIn().apps() == AppSignIn.IN_APP;
    }

    private static Part live(HandOff handOff) {
        return new Live(
                Assets.HAND_OFF,
                "hand-off",
                Map.of(
                        "state-address",
                        Text.verbatim(Paths.HAND_OFF_STATE + "?link=" + handOff.link().value()),
                        "waiting",
                        text("handoff.state.waiting"),
                        "confirmed",
                        text("handoff.state.confirmed"),
                        "over",
                        text("handoff.state.over")),
                List.of());
    }

    private static List<Part> elsewhere(HandOff handOff, LoginHome home) {
        URI address = home.canonical().resolve(Paths.APP + "/" + handOff.link().grouped());
        return List.of(
                new Heading(text("handoff.elsewhere.title")),
                new Paragraph(text("handoff.elsewhere.text")),
                new Picture(QrPicture.of(address), text("handoff.elsewhere.picture")),
                new Fact(text("handoff.elsewhere.address"), Text.verbatim(address.toString())));
    }
}
