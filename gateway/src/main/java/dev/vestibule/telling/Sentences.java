package dev.vestibule.telling;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.EndReason;
import dev.vestibule.http.Messages;
import dev.vestibule.http.Text;

/// One sentence for each event: `audit.` and its name is the key, and its values are the places. No
/// screen holds the method, as there are so many events; a new one does not compile without its
/// sentence.
///
/// @param from the address of the line
record Sentences(Words words, String from) {

    Text of(AuditEvent event) {
        return switch (event) {
            case AuditEvent.SignedIn e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            words.issuer(e.issuer()),
                            Foreign.of(from),
                            Words.device(e.device()));
            case AuditEvent.SignInRefused e -> refused(e);
            case AuditEvent.AuthenticationFailed e -> failed(e);
            case AuditEvent.KioskKeyApproved e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            Foreign.of(e.kiosk()),
                            Foreign.of(e.tabletAddress()));
            case AuditEvent.KioskKeyRemoved e ->
                    say(e, words.actor(e.by()), Foreign.of(e.kiosk()), Words.device(e.device()));
            case AuditEvent.WebhookClosed e ->
                    say(e, words.actor(e.by()), Foreign.of(e.name()), words.person(e.accountId()));
            case AuditEvent.KioskElsewhere e ->
                    say(e, words.person(e.accountId()), Foreign.of(from));
            case AuditEvent.ConsentGiven e ->
                    say(e, words.person(e.accountId()), Words.client(e.kind(), e.clientId()));
            case AuditEvent.ConsentRefused e ->
                    say(e, words.person(e.accountId()), Words.client(e.kind(), e.clientId()));
            case AuditEvent.HandOffBegun e ->
                    say(e, Foreign.of(e.clientId()), Words.device(e.device()), Foreign.of(from));
            case AuditEvent.HandOffConfirmed e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            Foreign.of(e.clientId()),
                            Words.device(e.device()));
            case AuditEvent.HandOffFinished e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            Foreign.of(e.clientId()),
                            Words.device(e.device()));
            case AuditEvent.GrantMade e ->
                    say(e, words.person(e.accountId()), Foreign.of(e.clientId()));
            case AuditEvent.LongLivedTokenMade e ->
                    say(e, words.person(e.accountId()), Foreign.of(e.name()));
            case AuditEvent.TokenAdopted e ->
                    say(e, words.person(e.accountId()), Foreign.of(e.what()));
            case AuditEvent.ApprovalNeeded e -> say(e, Foreign.of(e.what()));
            case AuditEvent.GrantApproved e ->
                    e.by().isEmpty()
                            ? text("audit.GrantApproved.unsaid", Foreign.of(e.grantId()))
                            : say(e, Foreign.of(e.grantId()), words.actor(e.by()));
            case AuditEvent.GrantRevoked e ->
                    say(e, words.person(e.accountId()), ReasonWords.of(e.reason()));
            case AuditEvent.SessionEnded e ->
                    say(e, words.person(e.accountId()), ReasonWords.of(e.reason()));
            case AuditEvent.AccountSuspended e ->
                    Words.isOwn(e.by(), e.accountId())
                            ? text(
                                    "audit.AccountSuspended.self",
                                    words.person(e.accountId()),
                                    ReasonWords.of(e.reason()))
                            : say(
                                    e,
                                    words.person(e.accountId()),
                                    words.by(e.by()),
                                    ReasonWords.of(e.reason()));
            case AuditEvent.AccountRemoved e ->
                    Words.isOwn(e.by(), e.accountId())
                            ? text(
                                    "audit.AccountRemoved.self",
                                    words.person(e.accountId()),
                                    ReasonWords.of(e.reason()))
                            : say(
                                    e,
                                    words.person(e.accountId()),
                                    words.by(e.by()),
                                    ReasonWords.of(e.reason()));
            case AuditEvent.SignedOutEverywhere e -> signedOut(e);
            case AuditEvent.RoleChanged e -> roleChanged(e);
            case AuditEvent.Unconverged e ->
                    say(e, words.person(e.accountId()), ReasonWords.of(e.reason()));
            case AuditEvent.ScimPersonLinked e ->
                    say(e, words.person(e.accountId()), words.actor(e.by()));
            case AuditEvent.ScimPersonGiven e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            words.actor(e.by()),
                            Foreign.of(e.clientId()));
            case AuditEvent.Converged e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            Text.verbatim(Long.toString(Math.ceilDiv(e.millis(), 1_000L))));
            case AuditEvent.ProofEnded e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            words.issuer(e.issuer()),
                            ReasonWords.of(e.reason()));
            case AuditEvent.LivenessAlarm e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            words.issuer(e.issuer()),
                            ReasonWords.of(e.reason()));
            case AuditEvent.AccountRestored e ->
                    say(e, words.person(e.accountId()), words.by(e.by()));
            case AuditEvent.UserAttached e ->
                    Words.isOwn(e.by(), e.accountId())
                            ? text(
                                    "audit.UserAttached.self",
                                    words.person(e.accountId()),
                                    Foreign.of(e.homeAssistantUserId()))
                            : say(
                                    e,
                                    words.person(e.accountId()),
                                    Foreign.of(e.homeAssistantUserId()),
                                    words.by(e.by()));
            case AuditEvent.AccountMerged e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            words.person(e.formerAccountId()),
                            e.grants(),
                            e.webhooks(),
                            words.by(e.by()));
            case AuditEvent.HomeUserDrifted e ->
                    say(e, words.person(e.accountId()), Words.drift(e.what()));
            case AuditEvent.UserProvisioned e -> say(e, words.person(e.accountId()));
            case AuditEvent.BreakGlassCodeMade e ->
                    say(
                            e,
                            text(
                                    e.isAnywhere()
                                            ? "audit.break-glass.anywhere"
                                            : "audit.break-glass.at-home"));
            case AuditEvent.BreakGlassUsed e -> say(e, Foreign.of(from));
            case AuditEvent.LocalLoginOpened e -> say(e, Words.moment(e.until()));
            case AuditEvent.LocalLoginClosed e -> say(e);
            case AuditEvent.ScimClientAdded e ->
                    say(
                            e,
                            Foreign.of(e.name()),
                            e.provider().isEmpty() ? text("audit.none") : Foreign.of(e.provider()),
                            Foreign.of(e.networks(), text("audit.from-anywhere")),
                            actor(e.by()));
            case AuditEvent.ScimTokenChanged e ->
                    say(e, Foreign.of(e.name()), e.isNew() ? 1 : 0, e.ended(), actor(e.by()));
            case AuditEvent.ScimClientRemoved e -> say(e, Foreign.of(e.name()), actor(e.by()));
            case AuditEvent.DeprovisioningHeld e ->
                    say(
                            e,
                            words.actor(e.source()),
                            e.leaving(),
                            e.people(),
                            Foreign.of(e.names(), text("audit.nobody")));
            case AuditEvent.DeprovisioningAllowed e -> say(e, words.by(e.source()), actor(e.by()));
            case AuditEvent.DeprovisioningDismissed e ->
                    say(e, words.by(e.source()), actor(e.by()));
            case AuditEvent.ScimResourceCreated e ->
                    say(e, words.actor(e.by()), Words.resource(e.kind(), e.name()));
            case AuditEvent.ScimResourceChanged e ->
                    say(e, words.actor(e.by()), Words.resource(e.kind(), e.name()));
            case AuditEvent.ScimResourceDeleted e ->
                    say(e, words.actor(e.by()), Words.resource(e.kind(), e.name()));
            case AuditEvent.ScimActiveUnreadable e ->
                    say(
                            e,
                            words.actor(e.by()),
                            Foreign.of(e.resourceId()),
                            Foreign.of(e.reference()));
            case AuditEvent.PasskeyAdded e ->
                    say(e, words.person(e.accountId()), Foreign.of(e.name()));
            case AuditEvent.PasskeyRenamed e ->
                    say(e, words.person(e.accountId()), Foreign.of(e.name()));
            case AuditEvent.PasskeyRemoved e ->
                    say(e, words.person(e.accountId()), Foreign.of(e.name()));
            case AuditEvent.PasskeyDisowned e ->
                    say(e, words.person(e.accountId()), Foreign.of(e.name()));
            case AuditEvent.PasskeyPerhapsCopied e ->
                    say(e, words.person(e.accountId()), Foreign.of(e.name()));
            case AuditEvent.PasskeyNotAdded e ->
                    say(
                            e,
                            words.person(e.accountId()),
                            ReasonWords.of(e.reason()),
                            Foreign.of(e.reference()));
            case AuditEvent.HomeLeaving e -> say(e, Foreign.of(e.homeId()));
            case AuditEvent.LoginGiven e ->
                    say(e, words.person(e.accountId()), Foreign.of(e.username()));
            case AuditEvent.HomeLeft e -> say(e, Foreign.of(e.homeId()));
            case AuditEvent.HomeReturned e -> say(e, Foreign.of(e.homeId()));
            case AuditEvent.AuditSwept e -> say(e, e.old(), e.excess(), Words.moment(e.before()));
        };
    }

    /// What somebody did to their own role, they did by signing in: it is judged anew then.
    private Text roleChanged(AuditEvent.RoleChanged event) {
        String key =
                Words.isOwn(event.by(), event.accountId())
                        ? "audit.RoleChanged.self"
                        : "audit.RoleChanged";
        Text who = words.person(event.accountId());
        Text before = Words.role(event.from());
        Text after = Words.role(event.to());
        Text by = words.by(event.by());
        if (event.from().equals(Words.NO_ROLE)) {
            return text(key + ".given", who, after, by);
        }
        return event.to().equals(Words.NO_ROLE)
                ? text(key + ".taken", who, before, by)
                : text(key, who, before, after, by);
    }

    /// Older lines of these events have who it was in the place of the address.
    private Text actor(String by) {
        return words.actor(by.isEmpty() ? from : by);
    }

    private Text signedOut(AuditEvent.SignedOutEverywhere event) {
        Text who = words.person(event.accountId());
        Text why = ReasonWords.of(event.reason());
        if (!Words.isOwn(event.by(), event.accountId())) {
            return say(event, who, words.by(event.by()), why);
        }
        return event.reason().equals(EndReason.SIGNED_OUT_EVERYWHERE.code())
                ? text("audit.SignedOutEverywhere.self", who)
                : text("audit.SignedOutEverywhere.self.why", who, why);
    }

    private Text refused(AuditEvent.SignInRefused event) {
        Text where = Foreign.of(from);
        Text why = ReasonWords.of(event.reason());
        Text number = Foreign.of(event.reference());
        return switch (Who.of(event)) {
            case PROGRAM ->
                    text(
                            "audit.SignInRefused.program",
                            Foreign.of(event.who()),
                            where,
                            why,
                            number);
            case ACCOUNT -> say(event, words.whoever(event.who()), where, why, number);
            case NAME -> say(event, Words.named(event.who()), where, why, number);
        };
    }

    private Text failed(AuditEvent.AuthenticationFailed event) {
        Text way = Words.way(event.way());
        Text where = Foreign.of(from);
        Text why = ReasonWords.of(event.reason());
        Text number = Foreign.of(event.reference());
        return switch (Who.of(event)) {
            case PROGRAM ->
                    text(
                            "audit.AuthenticationFailed.program",
                            Foreign.of(event.who()),
                            where,
                            why,
                            number);
            case ACCOUNT -> say(event, words.whoever(event.who()), way, where, why, number);
            case NAME -> say(event, Words.named(event.who()), way, where, why, number);
        };
    }

    private static Text say(AuditEvent event, Object... values) {
        return Messages.text("audit." + event.getClass().getSimpleName(), values);
    }
}
