package dev.vestibule.revocation;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.UnconvergedReason;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantService;
import dev.vestibule.homeassistant.CredentialRemoval;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantTokens;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.log.RequestScope;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.outbox.OutboxItem;
import dev.vestibule.outbox.OutboxTask;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.store.DatabaseUnavailable;
import dev.vestibule.store.WhenCommitted;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Brings one Home Assistant into agreement: takes what is due from the outbox, tells it, and keeps
/// what did not work for later. A loop of its own; [#start()] once, [#close()] once.
public final class OutboxWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int BATCH = 50;

    /// What a worker needs to know of the people.
    public record People(HomeUserStore homeUsers, AccountStore accounts, GrantService grants) {}

    private final InstantSource time;
    private final HomeId home;
    private final Outbox outbox;
    private final AuditLog audit;
    private final HomeAssistantTokens tokens;
    private final HomeSignIn signIn;
    private final HomeAgreement agreement;
    private final TokenEnding ending;
    private final ReentrantLock rounds = new ReentrantLock();
    private final Thread thread;

    public OutboxWorker(
            InstantSource time,
            HomeConfig home,
            Outbox outbox,
            AuditLog audit,
            HomeAssistant homeAssistant,
            HomeSignIn signIn,
            People people) {
        this.time = time;
        this.home = home.name();
        this.outbox = outbox;
        this.audit = audit;
        this.tokens = homeAssistant.tokens();
        this.signIn = signIn;
        this.agreement =
                new HomeAgreement(
                        home.name(),
                        home.publicUrl() + "/",
                        homeAssistant,
                        signIn,
                        new HomeAgreement.Wishes(outbox, people.homeUsers(), people.accounts()));
        this.ending =
                new TokenEnding(
                        home.publicUrl() + "/", outbox, homeAssistant, signIn, people, agreement);
        this.thread = Thread.ofVirtual().name("outbox-" + this.home).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Does something while nothing is delivered, once the round under way has ended.
    public <T> T whileQuiet(Supplier<T> work) {
        rounds.lock();
        try {
            return work.get();
        } finally {
            rounds.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                whileQuiet(this::delivered);
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean delivered() {
        deliverDue();
        return true;
    }

    /// Delivers what is due now. The first failure ends the round: what waits for a Home Assistant
    /// that is away need not be tried one by one.
    void deliverDue() {
        try {
            for (OutboxItem item : outbox.due(home, BATCH)) {
                if (!isToBeOut(item) && !deliverWhoIsToBeOut()) {
                    return;
                }
                if (!deliver(item)) {
                    return;
                }
            }
        } catch (DatabaseUnavailable away) {
            LOG.warn("event=outbox-waits home={} reason=database", home, away);
        } catch (RuntimeException bug) {
            // The loop goes on: if it ended, nobody's access would end at Home Assistant any more.
            LOG.error("event=outbox-waits home={} reason=bug", home, bug);
        }
    }

    private static boolean isToBeOut(OutboxItem item) {
        return switch (item.task()) {
            case OutboxTask.ShutOut _, OutboxTask.Remove _ -> true;
            case OutboxTask.RevokeToken _,
                    OutboxTask.EndToken _,
                    OutboxTask.DropCredential _,
                    OutboxTask.AlignGroup _,
                    OutboxTask.LetIn _,
                    OutboxTask.Provision _ ->
                    false;
        };
    }

    /// Who is to be out since the round began does not wait for its end: a directory that is loaded
    /// for the first time keeps a slow Home Assistant busy for minutes.
    private boolean deliverWhoIsToBeOut() {
        return outbox.dueToBeOut(home, BATCH).stream().allMatch(this::deliver);
    }

    /// On behalf of the request that it came of, perhaps long after its answer.
    private boolean deliver(OutboxItem item) {
        return RequestScope.call(item.request(), () -> attempt(item));
    }

    private boolean attempt(OutboxItem item) {
        try {
            switch (agree(item)) {
                case Agreement.Agreed() -> agreed(item);
                case Agreement.Overtaken() -> outbox.done(item, _ -> {});
                case Agreement.Unconverged(var reason) -> alarm(item, reason);
            }
            return true;
        } catch (HomeAssistantUnavailable away) {
            LOG.warn(
                    "event=outbox-waits home={} attempts={} reason=\"{}\"",
                    home,
                    item.attempts() + 1,
                    away.getMessage());
            outbox.failed(item, String.valueOf(away.getMessage()));
            return false;
        } catch (DatabaseUnavailable away) {
            throw away;
        } catch (RuntimeException bug) {
            // Put off like a failure: at the head of the queue it would keep everybody else in.
            LOG.error("event=outbox-waits home={} id={} reason=bug", home, item.id(), bug);
            outbox.failed(item, OutboxEntry.FAULT);
            return true;
        }
    }

    private Agreement agree(OutboxItem item) {
        return switch (item.task()) {
            case OutboxTask.RevokeToken(var refreshToken) -> {
                tokens.revoke(refreshToken);
                yield new Agreement.Agreed();
            }
            case OutboxTask.EndToken(var tokenId) -> ending.end(item, tokenId);
            case OutboxTask.DropCredential(var username) -> dropCredential(username);
            case OutboxTask.ShutOut(var held) -> agreement.shutOut(item, held);
            case OutboxTask.Remove(var held) -> agreement.remove(item, held);
            case OutboxTask.AlignGroup() -> agreement.alignGroup(new AccountId(item.accountId()));
            case OutboxTask.LetIn() -> agreement.letIn(item);
            case OutboxTask.Provision() -> agreement.provision(item);
        };
    }

    /// What Home Assistant refuses it refuses again in a moment, and it is there to do the rest.
    private Agreement dropCredential(String username) {
        return switch (signIn.dropCredential(username)) {
            case CredentialRemoval.Removed _, CredentialRemoval.NotFound _ ->
                    new Agreement.Agreed();
            case CredentialRemoval.Refused(var code) -> {
                LOG.warn("event=hidden-credential-left home={} reason=\"{}\"", home, code);
                yield new Agreement.Unconverged(UnconvergedReason.CREDENTIAL_STAYS);
            }
        };
    }

    private void agreed(OutboxItem item) {
        outbox.done(item, tx -> tellAgreed(tx, item));
    }

    private void tellAgreed(Handle tx, OutboxItem item) {
        switch (item.task()) {
            case OutboxTask.ShutOut _, OutboxTask.Remove _ ->
                    audit.append(
                            tx,
                            new AuditEvent.Converged(
                                    item.accountId(),
                                    home.value(),
                                    Duration.between(item.wishedAt(), time.instant()).toMillis()),
                            "console");
            case OutboxTask.RevokeToken _,
                    OutboxTask.EndToken _,
                    OutboxTask.DropCredential _,
                    OutboxTask.AlignGroup _,
                    OutboxTask.LetIn _,
                    OutboxTask.Provision _ -> {}
        }
    }

    /// The gateway keeps the person out; what lives on in Home Assistant is for somebody to know.
    private void alarm(OutboxItem item, Reason reason) {
        outbox.unconverged(item, reason.code(), tx -> tellUnconverged(tx, item, reason));
    }

    private void tellUnconverged(Handle tx, OutboxItem item, Reason reason) {
        audit.append(
                tx,
                new AuditEvent.Unconverged(item.accountId(), home.value(), reason.code()),
                "console");
        WhenCommitted.run(
                tx,
                () ->
                        LOG.error(
                                "event=unconverged home={} account={} reason=\"{}\"",
                                home,
                                item.accountId(),
                                reason.code()));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
