package dev.vestibule.cli;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.Language;
import dev.vestibule.oidc.OpenIdProviderMisconfigured;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.secret.Secrets;
import dev.vestibule.setup.Flaw;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.ProviderChoice;
import dev.vestibule.setup.TrialSignIn;

import java.net.URI;
import java.time.InstantSource;

/// Has the operator sign in at the provider, and shows what Vestibule would make of them. Used by
/// one thread.
final class TrialInterview {

    private static final String ENDED_AT =
            "The address at which the browser ended (nothing: no trial)";
    private static final String WITHOUT =
            "Go on without a trial (nothing), or correct the client ('again')";

    private final InstantSource time;
    private final Secrets secrets;
    private final Interview interview;

    TrialInterview(InstantSource time, Secrets secrets, Interview interview) {
        this.time = time;
        this.secrets = secrets;
        this.interview = interview;
    }

    /// Bad where the provider does not take the client, which is then asked for anew.
    Reply<Tried> run(ProviderChoice choice, String clientId, ClientAuthentication authentication) {
        OpenIdProviderConfig provider = choice.with(clientId, authentication, choice.id());
        try (var trial = new TrialSignIn(time, secrets, provider, choice.publicUrl())) {
            return interview.untilGood(
                    ENDED_AT, () -> attempt(trial, new Tried.NotSeen(choice, provider)));
        } catch (OpenIdProviderMisconfigured problem) {
            return new Reply.Bad<>(String.valueOf(problem.getMessage()));
        }
    }

    /// @return what ends the trial, one way or the other; bad where it is tried once more
    private Reply<Reply<Tried>> attempt(TrialSignIn trial, Tried.NotSeen notSeen) {
        return switch (trial.address()) {
            case Judged.Unfit<URI>(var problem) -> {
                interview.say("  " + problem.sentence());
                yield new Reply.Good<>(
                        interview.askLine(WITHOUT).isEmpty()
                                ? without(notSeen)
                                : new Reply.Bad<>(problem.sentence()));
            }
            case Judged.Fits<URI>(var address) -> {
                interview.say("Try it: open this address in a browser and sign in.");
                interview.say("  " + address);
                interview.say(
                        "The page it ends at may not load, since nothing is there yet. Copy its"
                                + " whole address.");
                String answer = interview.askLine(ENDED_AT);
                yield answer.isEmpty()
                        ? new Reply.Good<>(without(notSeen))
                        : judge(trial.finish(answer), notSeen);
            }
        };
    }

    private Reply<Tried> without(Tried.NotSeen notSeen) {
        interview.say("  No trial: whether people can sign in shows when you start it.");
        return new Reply.Good<>(notSeen);
    }

    private Reply<Reply<Tried>> judge(Judged<VerifiedIdentity> judged, Tried.NotSeen notSeen) {
        return switch (judged) {
            case Judged.Fits<VerifiedIdentity>(var person) -> {
                show(person, notSeen.choice());
                yield new Reply.Good<>(
                        new Reply.Good<>(
                                new Tried.Seen(notSeen.choice(), notSeen.provider(), person)));
            }
            case Judged.Unfit<VerifiedIdentity>(var problem)
                    when problem.flaw() == Flaw.TRIAL_CLIENT_REFUSED ->
                    new Reply.Good<>(new Reply.Bad<>(problem.sentence()));
            case Judged.Unfit<VerifiedIdentity>(var problem) -> new Reply.Bad<>(problem.sentence());
        };
    }

    private void show(VerifiedIdentity person, ProviderChoice choice) {
        interview.say("It works. The provider says, and Vestibule takes it so:");
        interview.say("  subject:   " + person.subject().value());
        interview.say("  user name: " + person.username());
        interview.say("  name:      " + person.displayName());
        interview.say("  e-mail:    " + orNone(person.email()));
        interview.say(
                "  groups:    "
                        + orNone(String.join(", ", person.groups().stream().sorted().toList())));
        person.claimRemarks().forEach(remark -> interview.say("  left out:  " + remark));
        if (person.groups().isEmpty()) {
            interview.say(
                    "No groups came in the claim '"
                            + choice.claims().groups()
                            + "', so that nobody would be an administrator by them.");
            interview.say("  " + choice.preset().groupsAdvice().in(Language.ENGLISH));
        }
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
