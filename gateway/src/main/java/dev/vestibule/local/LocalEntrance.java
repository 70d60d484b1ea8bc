package dev.vestibule.local;

import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.OfferedWay;
import dev.vestibule.admission.PageGuard;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Page.Part;
import dev.vestibule.local.LocalQuestionStore.Unanswered;
import dev.vestibule.provisioning.Attachment;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Puts the room together and hands its handlers to `Routes`.
public final class LocalEntrance {

    private static final Logger LOG = LoggerFactory.getLogger(LocalEntrance.class);

    private static final String CONSOLE = "console";

    private final Admissions admissions;
    private final LocalDoor door;
    private final Openings openings;
    private final FamiliarNetworks familiar;
    private final LocalQuestionStore questions;
    private final Handler signIn;
    private final Handler code;
    private final Handler link;
    private final AuditLog audit;

    /// @param attachment decides whether an account may have an existing user
    public LocalEntrance(
            Admissions.Ground ground,
            Admissions admissions,
            NetworkConfig network,
            Attachment attachment) {
        this.admissions = admissions;
        this.audit = ground.audit();
        this.openings = new Openings(ground.time(), ground.database());
        this.door = new LocalDoor(admissions.homes(), network, openings);
        this.familiar = new FamiliarNetworks(ground.time(), ground.database());
        this.questions =
                new LocalQuestionStore(
                        ground.time(), ground.secrets(), ground.database(), ground.sealer());
        Proofs proofs =
                new Proofs(
                        admissions.homes(),
                        door,
                        new Proofs.Steps(
                                new LoginNames(ground.sealer().hashFor("local login name")),
                                new TryLimits(ground.time(), network, familiar),
                                familiar,
                                new HomeLogins(
                                        ground.time(),
                                        ground.secrets(),
                                        network,
                                        admissions.codes()),
                                questions),
                        admissions.refusals(),
                        admissions.welcome(),
                        new Links(admissions, attachment));
        this.signIn = new PageGuard(new LocalHandler(door, admissions.choices(), proofs));
        this.code = new PageGuard(new LocalCodeHandler(proofs, questions));
        this.link =
                new PageGuard(
                        new LinkHandler(
                                ground.secrets(),
                                door,
                                admissions.insiders(),
                                admissions.choices(),
                                admissions.welcome(),
                                proofs));
    }

    /// `POST /auth/vestibule/local`
    public Handler signIn() {
        return signIn;
    }

    /// `POST /auth/vestibule/local/code`
    public Handler code() {
        return code;
    }

    /// `GET` and `POST /auth/vestibule/local/link`
    public Handler link() {
        return link;
    }

    /// Whether signed-in people may prove a login that they have in Home Assistant, to keep its
    /// user.
    public boolean isLinkingOffered(Visitor visitor) {
        return door.isLinkingOffered(visitor);
    }

    /// Brings the form of a home back for a while, for browsers at home.
    ///
    /// @return until when
    public Instant open(HomeId home, Duration length) {
        Instant until = openings.open(home, length);
        audit.append(new AuditEvent.LocalLoginOpened(home.value(), until.toString()), CONSOLE);
        return until;
    }

    /// Takes it away.
    ///
    /// @return whether it was there
    public boolean close(HomeId home) {
        boolean wasOpen = openings.close(home);
        if (wasOpen) {
            audit.append(new AuditEvent.LocalLoginClosed(home.value()), CONSOLE);
        }
        return wasOpen;
    }

    /// Until when it is there; empty where it is not.
    public Optional<Instant> openUntil(HomeId home) {
        return openings.until(home);
    }

    /// What the sign-in page shows.
    public OfferedWay offered() {
        return new OfferedWay() {
            @Override
            public boolean isOffered(Visitor visitor) {
                return door.isOpen(visitor);
            }

            @Override
            public List<Part> parts(Visitor visitor, Secret choice) {
                return LocalPages.offer(choice);
            }
        };
    }

    /// Removes what ran out.
    ///
    /// @return how many rows that were
    public int sweep() {
        List<Unanswered> unanswered = questions.takeExpired();
        unanswered.forEach(this::abandon);
        return unanswered.size() + familiar.sweep() + openings.sweep();
    }

    /// Home Assistant keeps a flow until it is finished or restarts.
    private void abandon(Unanswered question) {
        try {
            admissions
                    .homes()
                    .get(question.home())
                    .homeAssistant()
                    .loginFlows()
                    .abandon(question.step());
        } catch (HomeAssistantUnavailable away) {
            LOG.debug("event=flow-left home={} reason=\"{}\"", question.home(), away.reason());
        }
    }
}
