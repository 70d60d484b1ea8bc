package dev.vestibule.local;

import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.OfferedWay;
import dev.vestibule.admission.PageGuard;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Page.Part;
import dev.vestibule.provisioning.PersonsAttachment;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Visitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Puts the room together and hands its handlers to `Routes`.
public final class LocalEntrance {

    private static final String CONSOLE = "console";

    private final LocalDoor door;
    private final Openings openings;
    private final FamiliarNetworks familiar;
    private final Handler signIn;
    private final Handler code;
    private final Handler link;
    private final AskedWay asked;
    private final AuditLog audit;

    /// @param door whether the form is there
    /// @param attachment decides whether an account may have an existing user
    public LocalEntrance(
            Admissions.Ground ground,
            Admissions admissions,
            LocalDoor door,
            NetworkConfig network,
            PersonsAttachment attachment) {
        this.audit = ground.audit();
        this.openings = door.openings();
        this.door = door;
        this.familiar = new FamiliarNetworks(ground.time(), ground.database());
        Links links = new Links(admissions, attachment);
        Proofs proofs =
                new Proofs(
                        admissions,
                        door,
                        new Proofs.Steps(
                                new LoginNames(ground.sealer().hashFor("local login name")),
                                new TryLimits(ground.time(), network, familiar),
                                familiar,
                                new HomeLogins(
                                        ground.time(),
                                        network,
                                        admissions.decoys(),
                                        admissions.turns(),
                                        admissions.codes())),
                        links);
        this.signIn = new PageGuard(new LocalHandler(door, admissions.choices(), proofs));
        this.code = new PageGuard(new LocalCodeHandler(proofs, admissions.secondFactors()));
        this.link =
                new PageGuard(new LinkHandler(ground.secrets(), door, admissions, links, proofs));
        this.asked = new AskedLocalLogin(admissions.homes(), door, links);
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

    public AskedWay asked() {
        return asked;
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
        return familiar.sweep() + openings.sweep();
    }
}
