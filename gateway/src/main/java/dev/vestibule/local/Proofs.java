package dev.vestibule.local;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.admission.HomeTrouble;
import dev.vestibule.admission.LoginHome;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.SecondFactorPages;
import dev.vestibule.admission.SecondFactors.Asked;
import dev.vestibule.admission.SecondFactors.Door;
import dev.vestibule.admission.SecondFactors.Question;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.WayIn;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.http.Response;
import dev.vestibule.local.HomeLogins.Attempt;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes a proof from step to step: limits, Home Assistant's check, a second factor, and then what
/// it was for. Safe to share between threads.
final class Proofs {

    private static final Logger LOG = LoggerFactory.getLogger(Proofs.class);

    private final Admissions admissions;
    private final LocalDoor door;
    private final LoginNames names;
    private final TryLimits limits;
    private final FamiliarNetworks familiar;
    private final HomeLogins logins;
    private final Links links;

    /// What the steps share.
    record Steps(
            LoginNames names, TryLimits limits, FamiliarNetworks familiar, HomeLogins logins) {}

    Proofs(Admissions admissions, LocalDoor door, Steps steps, Links links) {
        this.admissions = admissions;
        this.door = door;
        this.names = steps.names();
        this.limits = steps.limits();
        this.familiar = steps.familiar();
        this.logins = steps.logins();
        this.links = links;
    }

    /// Who tries, whose login, and what for.
    record Try(
            Visitor visitor,
            Browser browser,
            LoginName name,
            LoginPurpose purpose,
            Destination destination) {}

    LoginName nameOf(Visitor visitor, Typed typed) {
        return names.of(visitor.home(), typed.username());
    }

    /// Where the forms of a proof may lead.
    List<String> formTargets(Visitor visitor, Destination destination) {
        return admissions.welcome().formTargets(visitor, destination);
    }

    boolean isAnyDoorOpen(Visitor visitor) {
        return door.isOpen(visitor) || door.isLinkingOffered(visitor);
    }

    private boolean isDoorOpen(Visitor visitor, LoginPurpose purpose) {
        return switch (purpose) {
            case LoginPurpose.SignIn() -> door.isOpen(visitor);
            case LoginPurpose.Link _ -> door.isLinkingOffered(visitor);
        };
    }

    /// @param again asks for name and password once more
    Response begin(Try proof, Typed typed, Supplier<Response> again) {
        Visitor visitor = proof.visitor();
        Room room = limits.tryPassword(visitor, proof.name(), proof.purpose());
        if (room != Room.LEFT) {
            return tooMany(proof, room);
        }
        LoginHome home = admissions.homes().get(visitor.home());
        Instant expiresAt = admissions.secondFactors().expiry();
        return guarded(
                home,
                visitor,
                () ->
                        refusal(proof)
                                .orElseGet(
                                        () ->
                                                goOn(
                                                        proof,
                                                        logins.begin(
                                                                home.homeAssistant(),
                                                                visitor,
                                                                attempt(home, typed, proof)),
                                                        expiresAt,
                                                        again)));
    }

    /// Where the proof leads nowhere, Home Assistant is asked nothing.
    private Optional<Response> refusal(Try proof) {
        return switch (proof.purpose()) {
            case LoginPurpose.SignIn() -> Optional.empty();
            case LoginPurpose.Link link -> {
                Optional<Response> refusal =
                        userNamed(proof.visitor().home(), proof.name())
                                .flatMap(user -> links.refusal(proof.visitor(), link, user.id()));
                refusal.ifPresent(_ -> note(proof, WayIn.LOCAL, RefusalReason.NOT_TO_BE_LINKED));
                yield refusal;
            }
        };
    }

    /// For a page of this home that waits for a code, Home Assistant's tokens must be that page's;
    /// else they end at once. Other programs get theirs when the person has allowed it.
    private static Attempt attempt(LoginHome home, Typed typed, Try proof) {
        String own = home.canonical() + "/";
        return switch (proof.destination()) {
            case Destination.Client(var client) when !client.kind().needsConsent() ->
                    new Attempt(
                            typed.username(),
                            typed.password(),
                            client.clientId(),
                            client.redirectForHomeAssistant());
            case Destination.Client _, Destination.HandOff _, Destination.Page _ ->
                    new Attempt(typed.username(), typed.password(), own, own);
        };
    }

    /// Answers a question for a second factor. Whoever has to wait a moment answers it then.
    Response answer(Visitor visitor, Browser browser, Asked asked, Secret code) {
        HeldUpProof held = HeldUpProof.of(asked.question().errand());
        Try proof = new Try(visitor, browser, held.name(), held.purpose(), held.destination());
        if (!isDoorOpen(visitor, held.purpose())) {
            admissions.secondFactors().giveUp(asked);
            return AdmissionPages.notFound(visitor.reference());
        }
        if (!limits.tryAddress(visitor)) {
            return tooMany(proof, Room.NONE_FOR_THE_ADDRESS);
        }
        return switch (admissions.secondFactors().take(asked)) {
            case TAKEN -> judge(proof, asked, code);
            case TOO_MANY_CODES -> {
                note(proof, WayIn.SECOND_FACTOR, RefusalReason.TOO_MANY_CODES);
                yield SecondFactorPages.tooManyCodes(visitor.reference());
            }
            case GONE -> AdmissionPages.stale(visitor.reference());
        };
    }

    private Response judge(Try proof, Asked asked, Secret code) {
        Visitor visitor = proof.visitor();
        LoginHome home = admissions.homes().get(visitor.home());
        return guarded(
                home,
                visitor,
                () ->
                        goOn(
                                proof,
                                logins.outcome(
                                        home.homeAssistant(),
                                        visitor,
                                        asked.question().step().clientId(),
                                        admissions.secondFactors().judge(asked, code)),
                                asked.question().expiresAt(),
                                () -> AdmissionPages.stale(visitor.reference())));
    }

    private Response goOn(
            Try proof, LoginOutcome outcome, Instant expiresAt, Supplier<Response> again) {
        Visitor visitor = proof.visitor();
        return switch (outcome) {
            case LoginOutcome.Proven proven -> {
                familiar.remember(visitor.home(), proof.name(), visitor.client());
                yield settle(proof, proven);
            }
            case LoginOutcome.SecondFactor asked -> {
                if (asked.isAgain()) {
                    failed(proof, WayIn.SECOND_FACTOR, RefusalReason.WRONG_CODE);
                }
                yield ask(proof, asked, expiresAt);
            }
            case LoginOutcome.Wrong() -> {
                failed(proof, WayIn.LOCAL, RefusalReason.WRONG_PASSWORD);
                yield again.get();
            }
            case LoginOutcome.Refused(var reason) -> {
                note(proof, WayIn.LOCAL, Reason.Of.constant(Reason.Family.HOME, reason));
                yield AdmissionPages.refusedByHome(reason, visitor.reference());
            }
        };
    }

    private Response ask(Try proof, LoginOutcome.SecondFactor asked, Instant expiresAt) {
        Visitor visitor = proof.visitor();
        HeldUpProof held = new HeldUpProof(proof.name(), proof.purpose(), proof.destination());
        Secret id =
                admissions
                        .secondFactors()
                        .ask(
                                visitor.home(),
                                Door.LOCAL,
                                new Holder.OfBrowser(proof.browser()),
                                new Question(
                                        asked.step(),
                                        owner(visitor.home(), proof.name()),
                                        held.stored(),
                                        expiresAt));
        return SecondFactorPages.ask(
                new SecondFactorPages.Form(LocalPaths.CODE, id, asked.step(), asked.isAgain()),
                formTargets(visitor, proof.destination()));
    }

    /// The user whose password was right a moment ago; where nobody has that name any more, the
    /// name itself.
    private String owner(HomeId home, LoginName name) {
        return userNamed(home, name).map(HomeAssistantUser::id).orElseGet(name::shown);
    }

    private Optional<HomeAssistantUser> userNamed(HomeId home, LoginName name) {
        return admissions.homes().get(home).homeAssistant().users().list().stream()
                .filter(user -> names.of(home, user.username()).equals(name))
                .findFirst();
    }

    private Response settle(Try proof, LoginOutcome.Proven proven) {
        return switch (proof.purpose()) {
            case LoginPurpose.SignIn() ->
                    admissions
                            .welcome()
                            .admit(
                                    new ProvenIdentity.HomeUser(proven.user()),
                                    proven.login(),
                                    proof.visitor(),
                                    proof.destination());
            case LoginPurpose.Link link ->
                    links.settle(proof.visitor(), link, proof.destination(), proven);
        };
    }

    private Response tooMany(Try proof, Room room) {
        note(proof, WayIn.LOCAL, RefusalReason.TOO_MANY_TRIES);
        return LocalPages.tooMany(room, proof.visitor().reference());
    }

    private void failed(Try proof, WayIn way, Reason reason) {
        admissions.refusals().noteFailed(proof.visitor(), way, proof.name().shown(), reason);
    }

    private void note(Try proof, WayIn way, Reason reason) {
        admissions.refusals().note(proof.visitor(), way, proof.name().shown(), reason);
    }

    private static Response guarded(LoginHome home, Visitor visitor, Supplier<Response> work) {
        try {
            return work.get();
        } catch (HomeAssistantUnavailable away) {
            HomeTrouble trouble = HomeTrouble.of(home.homeAssistant().status());
            LOG.warn(
                    "event=local-login-failed home={} trouble={} request={} reason=\"{}\"",
                    visitor.home(),
                    trouble,
                    visitor.reference(),
                    away.reason());
            return AdmissionPages.trouble(trouble, visitor.reference());
        }
    }
}
