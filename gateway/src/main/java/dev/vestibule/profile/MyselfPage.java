package dev.vestibule.profile;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.account.LinkedIdentity;
import dev.vestibule.admission.Paths;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Facts;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Named;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.telling.IssuerNames;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `/auth/vestibule/profile`: who somebody is at this home, how they sign in, and the way out.
final class MyselfPage implements ProfilePage {

    private static final ProfilePlace PLACE = ProfilePlace.ME;

    private final ProfilePages pages;
    private final Proofs proofs;
    private final IssuerNames issuers;

    MyselfPage(ProfilePages pages, Proofs proofs, IssuerNames issuers) {
        this.pages = pages;
        this.proofs = proofs;
        this.issuers = issuers;
    }

    @Override
    public Response answer(Self self, Request request) {
        List<Part> parts = new ArrayList<>();
        parts.add(facts(self));
        if (self.isAPersonsOwn()) {
            parts.add(new Heading(text("profile.identities")));
            parts.add(identities(self));
            parts.addAll(ways(self));
            parts.add(new Heading(text("profile.leaving")));
            parts.add(leaving());
        } else {
            parts.add(new Quiet(text("profile.emergency")));
        }
        return pages.page(self, request, PLACE, parts);
    }

    private Facts facts(Self self) {
        Account account = self.insider().account();
        return new Facts(
                List.of(
                        words("profile.name", Text.verbatim(account.displayName())),
                        words("profile.username", Text.verbatim(account.username())),
                        words(
                                "profile.role",
                                text(
                                        "profile.role."
                                                + self.insider()
                                                        .role()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT))),
                        words("profile.way", way(self)),
                        new Named(
                                text("profile.way.at"),
                                new Cell.Moment(self.session().authenticatedAt()))));
    }

    private static Named words(String name, Text value) {
        return new Named(text(name), Cell.words(value));
    }

    private Text way(Self self) {
        return switch (self.session().way()) {
            case PROVIDER ->
                    proofs.issuerOf(self.session())
                            .map(issuer -> text("profile.way.provider", issuers.of(issuer)))
                            .orElseGet(Text::nothing);
            case ASSERTION, PASSKEY, LOCAL, KIOSK, BREAK_GLASS ->
                    text("profile.way." + self.session().way().stored());
        };
    }

    private Table identities(Self self) {
        return new Table(
                text("profile.identities"),
                List.of(
                        text("profile.identities.provider"),
                        text("profile.identities.since"),
                        text("profile.last-used")),
                proofs.identitiesOf(self.account()).stream().map(this::row).toList(),
                text("profile.identities.empty"));
    }

    private List<Cell> row(LinkedIdentity identity) {
        return List.of(
                Cell.words(issuers.of(identity.issuer())),
                new Cell.Moment(identity.linkedAt()),
                new Cell.Moment(identity.lastSeenAt()));
    }

    private List<Part> ways(Self self) {
        List<Named> ways = new ArrayList<>();
        if (pages.hasPasskeys(self)) {
            ways.add(link("profile.passkeys.text", "profile.passkeys.link", Paths.PASSKEYS));
        }
        if (pages.mayLink(self)) {
            ways.add(link("profile.linking.text", "profile.linking.link", Paths.LINK));
        }
        return ways.isEmpty() ? List.of() : List.of(new Facts(ways));
    }

    private static Named link(String name, String label, String path) {
        return new Named(text(name), new Cell.Link(text(label), path));
    }

    private static Facts leaving() {
        return new Facts(
                List.of(
                        link("profile.sign-out.text", "login.sign-out.title", Paths.SIGN_OUT),
                        new Named(
                                text("login.sign-out.everywhere-means"),
                                new Cell.Act(
                                        Paths.SIGN_OUT,
                                        List.of(new Hidden("where", "everywhere")),
                                        text("login.sign-out.everywhere"),
                                        Tone.DANGER))));
    }
}
