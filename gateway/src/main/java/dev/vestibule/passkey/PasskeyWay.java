package dev.vestibule.passkey;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.OfferedWay;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Text;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Visitor;

import java.util.List;
import java.util.Map;

/// What the sign-in page shows of passkeys: a button, where the browser has them, and a sentence
/// where it has none.
final class PasskeyWay implements OfferedWay {

    /// How both companion apps name themselves. Their web views have no passkeys, or do not say so.
    private static final String COMPANION_APP = "Home Assistant/";

    private final PasskeySites sites;

    PasskeyWay(PasskeySites sites) {
        this.sites = sites;
    }

    @Override
    public boolean isOffered(Visitor visitor) {
        return sites.at(visitor).isPresent() && !visitor.userAgent().contains(COMPANION_APP);
    }

    @Override
    public List<Part> parts(Visitor visitor, Secret choice) {
        return List.of(
                PasskeyPages.live(
                        "passkey-sign-in",
                        Map.of(
                                "kind", Text.verbatim("get"),
                                "options", Text.verbatim(PasskeyPaths.REQUEST_OPTIONS),
                                "action", Text.verbatim(PasskeyPaths.SIGN_IN),
                                "choice", Text.verbatim(choice.reveal()),
                                "button", text("passkey.sign-in.button"))));
    }
}
