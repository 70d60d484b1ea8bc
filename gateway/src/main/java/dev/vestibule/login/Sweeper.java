package dev.vestibule.login;

import dev.vestibule.grant.GrantService;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.login.PendingMfaStore.Unanswered;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// Removes what ran out, once in a minute. Nothing depends on it but the size of the database:
/// everything is looked at with its deadline. [#start()] once, [#close()] once.
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final LoginHomes homes;
    private final Swept swept;
    private final PendingMfaStore questions;
    private final SessionService sessions;
    private final GrantService grants;
    private final Thread thread;

    Sweeper(
            LoginHomes homes,
            Swept swept,
            PendingMfaStore questions,
            SessionService sessions,
            GrantService grants) {
        this.homes = homes;
        this.swept = swept;
        this.questions = questions;
        this.sessions = sessions;
        this.grants = grants;
        this.thread = Thread.ofVirtual().name("sweeper").unstarted(this::run);
    }

    /// Tables of this room from which rows only go.
    record Swept(
            PendingSignInStore pending, PendingChoiceStore choices, AuthorizationCodeStore codes) {

        int sweep() {
            return pending.sweep() + choices.sweep() + codes.sweep();
        }
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                sweep();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void sweep() {
        try {
            int removed = swept.sweep() + sessions.sweep() + grants.sweep();
            questions.sweep().forEach(this::abandon);
            LOG.debug("event=swept rows={}", removed);
        } catch (DatabaseUnavailable away) {
            LOG.warn("event=sweep-failed reason=\"{}\"", away.getMessage());
        }
    }

    /// Home Assistant keeps a flow until it is finished or restarts.
    private void abandon(Unanswered question) {
        try {
            homes.get(question.home()).homeAssistant().loginFlows().abandon(question.step());
        } catch (HomeAssistantUnavailable away) {
            LOG.debug("event=flow-left home={} reason=\"{}\"", question.home(), away.reason());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
