package dev.vestibule.admission;

import dev.vestibule.admission.Admissions.Ground;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.secret.Secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Second factors that Home Assistant asks for and our pages show. A question is answered once, at
/// the page and by the browser that it was put to, and an answer is judged before the question is
/// taken out for it. Safe to share between threads.
///
/// Home Assistant allows three codes in a flow and any number of flows. Whoever has the first
/// factor, a password or an account at the provider, could try codes for as long as they like;
/// [CodeLimits] holds them up, by whose second factor it is and not by the way in.
public final class SecondFactors {

    private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);

    /// Home Assistant's own limit, from the password on.
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final InstantSource time;
    private final LoginHomes homes;
    private final SecondFactorStore store;
    private final CodeLimits limits;
    private final HomeTurns turns;

    SecondFactors(Ground ground, LoginHomes homes, HomeTurns turns) {
        this.time = ground.time();
        this.homes = homes;
        this.store =
                new SecondFactorStore(
                        ground.time(), ground.secrets(), ground.database(), ground.sealer());
        this.limits = new CodeLimits(ground.time());
        this.turns = turns;
    }

    /// The page that may answer.
    public enum Door {
        ARRIVAL,
        LOCAL
    }

    /// @param owner whose second factor it is: the id of the Home Assistant user, wherever that is
    ///   known
    /// @param errand what follows from the right answer, as the room that asks has written it
    /// @param expiresAt when Home Assistant gives up waiting
    public record Question(MfaStep step, String owner, String errand, Instant expiresAt) {}

    /// A question that waits.
    ///
    /// @param id by which the form names it
    public record Asked(Secret id, HomeId home, Holder holder, Question question) {}

    /// Whether an answer may go to Home Assistant.
    public enum Taking {
        TAKEN,
        /// No code may be tried for this user now; the question is gone.
        TOO_MANY_CODES,
        /// Another answer was first.
        GONE
    }

    /// When a flow that begins now is over.
    public Instant expiry() {
        return time.instant().plus(LIFETIME);
    }

    /// @return the id by which the form names the question
    public Secret ask(HomeId home, Door door, Holder holder, Question question) {
        return store.insert(home, door, holder, question);
    }

    /// The question, which stays open.
    ///
    /// @param holders what the browser is known by
    public Optional<Asked> find(HomeId home, Door door, List<Holder> holders, Secret id) {
        return holders.stream()
                .flatMap(
                        holder ->
                                store
                                        .find(id, home, door, holder)
                                        .map(found -> new Asked(id, home, holder, found))
                                        .stream())
                .findFirst();
    }

    /// Takes a question out for an answer. The name of a module is no code, and is not counted.
    public Taking take(Asked asked) {
        Question question = asked.question();
        if (!question.step().asksForModule() && !limits.tryTake(asked.home(), question.owner())) {
            giveUp(asked);
            return Taking.TOO_MANY_CODES;
        }
        return store.consume(asked.id()) ? Taking.TAKEN : Taking.GONE;
    }

    /// Has Home Assistant judge the answer to a question that was taken out. Waits.
    ///
    /// @throws HomeAssistantUnavailable for an outage
    public LoginFlowResult judge(Asked asked, Secret answer) {
        HomeAssistant home = homes.get(asked.home()).homeAssistant();
        return turns.inTurn(
                asked.home(),
                home,
                () -> home.loginFlows().answerMfa(asked.question().step(), answer));
    }

    /// Nobody may answer this any more.
    public void giveUp(Asked asked) {
        if (store.consume(asked.id())) {
            abandon(asked.home(), asked.question().step());
        }
    }

    /// Removes what ran out.
    ///
    /// @return how many questions that were
    int sweep() {
        List<SecondFactorStore.Unanswered> unanswered = store.takeExpired();
        unanswered.forEach(question -> abandon(question.home(), question.step()));
        return unanswered.size();
    }

    /// Home Assistant keeps a flow until it is finished or restarts.
    private void abandon(HomeId home, MfaStep step) {
        try {
            homes.get(home).homeAssistant().loginFlows().abandon(step);
        } catch (HomeAssistantUnavailable away) {
            LOG.debug("event=flow-left home={} reason=\"{}\"", home, away.reason());
        }
    }
}
