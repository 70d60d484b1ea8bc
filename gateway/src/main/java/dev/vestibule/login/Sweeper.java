package dev.vestibule.login;

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
    private final PendingSignInStore pending;
    private final PendingChoiceStore choices;
    private final PendingMfaStore questions;
    private final AuthorizationCodeStore codes;
    private final SessionService sessions;
    private final Thread thread;

    Sweeper(
            LoginHomes homes,
            PendingSignInStore pending,
            PendingChoiceStore choices,
            PendingMfaStore questions,
            AuthorizationCodeStore codes,
            SessionService sessions) {
        this.homes = homes;
        this.pending = pending;
        this.choices = choices;
        this.questions = questions;
        this.codes = codes;
        this.sessions = sessions;
        this.thread = Thread.ofVirtual().name("sweeper").unstarted(this::run);
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
            int removed = pending.sweep() + choices.sweep() + codes.sweep() + sessions.sweep();
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
