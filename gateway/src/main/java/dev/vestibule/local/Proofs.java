package dev.vestibule.local;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.HomeRefusal;
import dev.vestibule.admission.HomeTrouble;
import dev.vestibule.admission.LoginHome;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.admission.Welcome;
import dev.vestibule.audit.WayIn;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.Response;
import dev.vestibule.local.HomeLogins.Attempt;
import dev.vestibule.local.LocalQuestionStore.Question;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Takes a proof from step to step: limits, Home Assistant's check, a second factor, and then what
/// it was for. Safe to share between threads.
final class Proofs {

    private static final Logger LOG = LoggerFactory.getLogger(Proofs.class);

    private final LoginHomes homes;
    private final LocalDoor door;
    private final LoginNames names;
    private final TryLimits limits;
    private final FamiliarNetworks familiar;
    private final HomeLogins logins;
    private final LocalQuestionStore questions;
    private final RefusalLog refusals;
    private final Welcome welcome;
    private final Links links;

    /// What the steps share.
    record Steps(
            LoginNames names,
            TryLimits limits,
            FamiliarNetworks familiar,
            HomeLogins logins,
            LocalQuestionStore questions) {}

    Proofs(
            LoginHomes homes,
            LocalDoor door,
            Steps steps,
            RefusalLog refusals,
            Welcome welcome,
            Links links) {
        this.homes = homes;
        this.door = door;
        this.names = steps.names();
        this.limits = steps.limits();
        this.familiar = steps.familiar();
        this.logins = steps.logins();
        this.questions = steps.questions();
        this.refusals = refusals;
        this.welcome = welcome;
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
        return welcome.formTargets(visitor, destination);
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
        if (!limits.tryTake(visitor.home(), proof.name(), visitor)) {
            return tooMany(proof);
        }
        LoginHome home = homes.get(visitor.home());
        return guarded(
                home,
                visitor,
                () ->
                        answer(
                                proof,
                                logins.begin(
                                        home.homeAssistant(), visitor, attempt(home, typed, proof)),
                                questions.expiry(),
                                again));
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

    /// Answers a question for a second factor. The limits count codes as they count passwords.
    Response answer(Visitor visitor, Browser browser, Question question, Secret code) {
        Try proof =
                new Try(
                        visitor,
                        browser,
                        question.name(),
                        question.purpose(),
                        question.destination());
        LoginHome home = homes.get(visitor.home());
        if (!isDoorOpen(visitor, question.purpose())) {
            return AdmissionPages.notFound(visitor.reference());
        }
        if (!limits.tryTake(visitor.home(), question.name(), visitor)) {
            return tooMany(proof);
        }
        return guarded(
                home,
                visitor,
                () ->
                        answer(
                                proof,
                                logins.answer(home.homeAssistant(), visitor, question.step(), code),
                                question.expiresAt(),
                                () -> AdmissionPages.stale(visitor.reference())));
    }

    private Response answer(
            Try proof, LoginOutcome outcome, Instant expiresAt, Supplier<Response> again) {
        Visitor visitor = proof.visitor();
        return switch (outcome) {
            case LoginOutcome.Proven proven -> {
                familiar.remember(visitor.home(), proof.name(), visitor.client());
                yield settle(proof, proven);
            }
            case LoginOutcome.SecondFactor asked -> {
                if (asked.isAgain()) {
                    failed(proof, WayIn.SECOND_FACTOR, "wrong-code");
                }
                Question question =
                        new Question(
                                asked.step(),
                                proof.name(),
                                proof.purpose(),
                                proof.destination(),
                                expiresAt);
                yield LocalPages.secondFactor(
                        questions.insert(visitor.home(), proof.browser(), question),
                        asked,
                        formTargets(visitor, proof.destination()));
            }
            case LoginOutcome.Wrong() -> {
                failed(proof, WayIn.LOCAL, "wrong-password");
                yield again.get();
            }
            case LoginOutcome.Refused(var reason) -> {
                note(proof, code(reason));
                yield AdmissionPages.refusedByHome(reason, visitor.reference());
            }
        };
    }

    private Response settle(Try proof, LoginOutcome.Proven proven) {
        return switch (proof.purpose()) {
            case LoginPurpose.SignIn() ->
                    welcome.admit(
                            new ProvenIdentity.HomeUser(proven.user()),
                            proven.login(),
                            proof.visitor(),
                            proof.destination());
            case LoginPurpose.Link link ->
                    links.settle(proof.visitor(), link, proof.destination(), proven);
        };
    }

    private Response tooMany(Try proof) {
        note(proof, "too-many-tries");
        return LocalPages.tooMany(proof.visitor().reference());
    }

    private void failed(Try proof, WayIn way, String reason) {
        refusals.noteFailed(proof.visitor(), way, proof.name().shown(), reason);
    }

    private void note(Try proof, String reason) {
        refusals.note(proof.visitor(), proof.name().shown(), reason);
    }

    private static String code(HomeRefusal reason) {
        return "home-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Response guarded(LoginHome home, Visitor visitor, Supplier<Response> work) {
        try {
            return work.get();
        } catch (HomeAssistantUnavailable away) {
            HomeTrouble trouble = HomeTrouble.of(home.homeAssistant().status());
            LOG.warn(
                    "event=local-login-failed home={} trouble={} reference={} reason=\"{}\"",
                    visitor.home(),
                    trouble,
                    visitor.reference(),
                    away.reason());
            return AdmissionPages.trouble(trouble, visitor.reference());
        }
    }
}
