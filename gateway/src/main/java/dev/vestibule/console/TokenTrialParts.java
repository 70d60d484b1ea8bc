package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.Foreseen;
import dev.vestibule.admission.Foresight;
import dev.vestibule.admission.LoginDispatcher;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.RoleReason;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.RoleVerdict;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Facts;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.LinesField;
import dev.vestibule.http.Page.Part.Named;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.SelectField;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Text;
import dev.vestibule.oidc.ClaimTrial;
import dev.vestibule.oidc.ClaimTrial.Outcome;
import dev.vestibule.oidc.TokenRefused;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.session.SignInWay;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a token would give at the steward's homes: a form to paste one, and what came of it. A page
/// never shows again what was pasted, which may open doors elsewhere; only what the gateway reads
/// from it.
final class TokenTrialParts {

    /// So many groups are named; the others are counted.
    private static final int GROUPS_SHOWN = 50;

    private final InstantSource time;
    private final List<OpenIdProviderConfig> providers;
    private final List<HomeConfig> homes;
    private final LoginDispatcher dispatcher;
    private final People people;

    TokenTrialParts(
            InstantSource time, GatewayConfig config, LoginDispatcher dispatcher, People people) {
        this.time = time;
        this.providers = config.providers();
        this.homes = config.homes();
        this.dispatcher = dispatcher;
        this.people = people;
    }

    List<Part> form() {
        if (providers.isEmpty()) {
            return List.of(new Quiet(text("console.providers.empty")));
        }
        return List.of(
                new Paragraph(text("console.groups.trial.text")),
                new Form(
                        ConsolePlace.GROUPS.path(),
                        List.of(),
                        List.of(
                                new SelectField(
                                        "provider",
                                        text("console.groups.provider"),
                                        providers.stream()
                                                .map(
                                                        one ->
                                                                new Option(
                                                                        one.id(),
                                                                        Text.verbatim(
                                                                                one.displayName())))
                                                .toList(),
                                        providers.getFirst().id()),
                                new LinesField("token", text("console.groups.token"), "")),
                        text("console.groups.try")));
    }

    List<Part> outcome(Steward steward, OpenIdProviderConfig provider, String pasted) {
        return switch (new ClaimTrial(provider).read(pasted, time.instant())) {
            case Outcome.TooLong() ->
                    List.of(new Alert(text("console.groups.too-long", ClaimTrial.LENGTH_MAX)));
            case Outcome.Neither() -> List.of(new Alert(text("console.groups.neither")));
            case Outcome.Broken(var line, var column) -> List.of(new Alert(broken(line, column)));
            case Outcome.Nobody(var objections) ->
                    List.of(new Alert(text("console.groups.nobody")), objections(objections));
            case Outcome.Somebody somebody -> somebody(steward, somebody);
        };
    }

    private static Text broken(int line, int column) {
        return line == 0
                ? text("console.groups.broken")
                : text("console.groups.broken-at", line, column);
    }

    private List<Part> somebody(Steward steward, Outcome.Somebody found) {
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Paragraph(
                        text(
                                found.isToken()
                                        ? "console.groups.unchecked-token"
                                        : "console.groups.unchecked-json")));
        if (!found.objections().isEmpty()) {
            parts.add(new Alert(text("console.groups.objections")));
            parts.add(objections(found.objections()));
        }
        parts.add(facts(found.identity()));
        if (found.wouldAskUserInfo()) {
            parts.add(new Quiet(text("console.groups.user-info")));
        }
        parts.addAll(roles(steward, found.identity()));
        return parts;
    }

    private static Table objections(List<TokenRefused> objections) {
        return new Table(
                text("console.groups.objections"),
                List.of(text("console.groups.objection"), text("console.groups.found")),
                objections.stream()
                        .map(objection -> List.of(Cell.words(whyNot(objection)), found(objection)))
                        .toList(),
                Text.nothing());
    }

    private static Cell found(TokenRefused objection) {
        return objection.missing().isEmpty()
                ? new Cell.Literal(objection.detail())
                : Cell.words(text("console.groups.missing", objection.missing()));
    }

    private static Text whyNot(TokenRefused objection) {
        return switch (objection.reason()) {
            case ISSUER_MISMATCH,
                    AUDIENCE_MISMATCH,
                    AUTHORIZED_PARTY_MISMATCH,
                    EXPIRED,
                    ISSUED_AT,
                    NOT_YET_VALID,
                    SUBJECT_MISSING,
                    AUTHENTICATION_CONTEXT ->
                    text(
                            "console.groups.objection."
                                    + objection
                                            .reason()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-'));
            // Nothing that claims alone are refused for today; the audit log calls it that.
            case DUPLICATE_PARAMETER,
                    OTHER_PROVIDER,
                    STATE_MISMATCH,
                    RESPONSE_ISSUER_MISSING,
                    RESPONSE_ISSUER_MISMATCH,
                    CODE_AND_ERROR,
                    CODE_MISSING,
                    CODE_REFUSED,
                    ID_TOKEN_MISSING,
                    TOKEN_UNREADABLE,
                    TOKEN_TYPE,
                    ALGORITHM_NOT_ALLOWED,
                    HEADER_NOT_ALLOWED,
                    KEY_UNKNOWN,
                    SIGNATURE_INVALID,
                    SUBJECT_MISMATCH,
                    NONCE_MISMATCH,
                    ACCESS_TOKEN_HASH,
                    AUTHENTICATION_TOO_OLD,
                    USER_INFO_REFUSED,
                    USER_INFO_SUBJECT,
                    LOGOUT_EVENT,
                    LOGOUT_NONCE,
                    LOGOUT_TARGET,
                    LOGOUT_TOKEN_ID ->
                    Text.verbatim(objection.reason().code());
        };
    }

    private static Facts facts(VerifiedIdentity person) {
        List<Named> facts = new ArrayList<>();
        facts.add(
                new Named(
                        text("console.groups.subject"),
                        new Cell.Literal(person.subject().value())));
        facts.add(named("console.people.username", person.username()));
        facts.add(named("console.people.name", person.displayName()));
        facts.add(
                person.email().isEmpty()
                        ? new Named(
                                text("console.groups.email"),
                                Cell.words(text("console.groups.none")))
                        : named("console.groups.email", person.email()));
        facts.add(new Named(text("console.groups.members"), groups(person.groups())));
        if (!person.claimRemarks().isEmpty()) {
            facts.add(
                    new Named(
                            text("console.groups.left-out"),
                            new Cell.Several(
                                    person.claimRemarks().stream()
                                            .map(remark -> Cell.words(remark.text()))
                                            .toList())));
        }
        return new Facts(facts);
    }

    private static Named named(String key, String value) {
        return new Named(text(key), Cell.words(Text.verbatim(value)));
    }

    static Cell groups(Set<String> groups) {
        List<Cell> cells = new ArrayList<>();
        groups.stream().sorted().limit(GROUPS_SHOWN).map(Cell.Literal::new).forEach(cells::add);
        if (groups.size() > GROUPS_SHOWN) {
            cells.add(Cell.words(text("console.groups.more", groups.size() - GROUPS_SHOWN)));
        }
        return cells.isEmpty() ? Cell.words(text("console.groups.none")) : new Cell.Several(cells);
    }

    /// Attack: the administrator of one home asks about people of another. Of whom they may not
    /// see, they hear what the pasted groups alone give, and nobody's account changes a word of it.
    private List<Part> roles(Steward steward, VerifiedIdentity person) {
        Foreseen foreseen =
                dispatcher.foresee(
                        new ProvenIdentity.Vouched(person, SignInWay.PROVIDER), steward.homes());
        boolean maySeeThem =
                steward.isEverywhere()
                        || foreseen.account()
                                .flatMap(id -> people.find(steward, id.value()))
                                .isPresent();
        return maySeeThem
                ? List.of(roles(foreseen.at()))
                : List.of(
                        roles(byGroupsAlone(steward, person)),
                        new Quiet(text("console.groups.by-groups-alone")));
    }

    private Map<HomeId, Foresight> byGroupsAlone(Steward steward, VerifiedIdentity person) {
        return homes.stream()
                .filter(home -> steward.homes().contains(home.name()))
                .collect(
                        Collectors.toMap(
                                HomeConfig::name,
                                home -> foresight(home.roles().judge(person.groups()))));
    }

    private static Foresight foresight(RoleVerdict verdict) {
        RoleReason why = new RoleReason.ByGroups(false, verdict);
        return why.role().isPresent() ? new Foresight.Welcome(why) : new Foresight.NoRole(why);
    }

    private static Table roles(Map<HomeId, Foresight> at) {
        return new Table(
                text("console.people.roles"),
                List.of(
                        text("console.person.home"),
                        text("console.groups.role"),
                        text("console.groups.why")),
                at.entrySet().stream()
                        .sorted(Comparator.comparing(one -> one.getKey().value()))
                        .map(one -> ForesightWords.row(one.getKey(), one.getValue()))
                        .toList(),
                Text.nothing());
    }
}
