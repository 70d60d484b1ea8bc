package dev.vestibule.login;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Profile;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.Role;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.oidc.VerifiedIdentity.ProviderSession;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.AccountLifecycle.Cause;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SessionService.NewSession;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/// Decides what follows from a proven identity: refuse, or make a session. Every way in ends here.
/// Safe to share between threads.
final class LoginDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(LoginDispatcher.class);

    private final LoginHomes homes;
    private final AccountStore accounts;
    private final SessionService sessions;
    private final AuthorizationCodeStore codes;
    private final AccountLifecycle lifecycle;
    private final AuditLog audit;

    LoginDispatcher(
            LoginHomes homes,
            AccountStore accounts,
            SessionService sessions,
            AuthorizationCodeStore codes,
            AccountLifecycle lifecycle,
            AuditLog audit) {
        this.homes = homes;
        this.accounts = accounts;
        this.sessions = sessions;
        this.codes = codes;
        this.lifecycle = lifecycle;
        this.audit = audit;
    }

    /// The role is judged anew at every sign-in. Nobody who is refused leaves an account behind;
    /// who had one loses what they had at this home.
    Admission admit(VerifiedIdentity identity, Visitor visitor) {
        if (!identity.claimRemarks().isEmpty()) {
            LOG.info(
                    "event=claims-left-out reference={} remarks={}",
                    visitor.reference(),
                    identity.claimRemarks());
        }
        Optional<Account> known = accounts.find(identity.subject());
        if (known.filter(account -> !account.isActive()).isPresent()) {
            return refused(new Admission.Suspended(), "suspended", identity, visitor);
        }
        Optional<Role> role = homes.get(visitor.home()).config().roles().roleOf(identity.groups());
        if (role.isEmpty()) {
            known.ifPresent(account -> expel(account, visitor));
            return refused(new Admission.NoRole(), "no-role", identity, visitor);
        }
        Account account =
                accounts.admit(
                        identity.subject(),
                        new Profile(identity.username(), identity.displayName()));
        accounts.assignRole(account.id(), visitor.home(), role);
        return begin(account, role.get(), identity, visitor);
    }

    private void expel(Account account, Visitor visitor) {
        accounts.assignRole(account.id(), visitor.home(), Optional.empty());
        lifecycle.expel(account.id(), visitor.home(), cause(account, "no role", visitor));
    }

    private Admission refused(
            Admission admission, String reason, VerifiedIdentity identity, Visitor visitor) {
        audit.append(
                new AuditEvent.SignInRefused(
                        visitor.home().value(), identity.username(), reason, visitor.reference()),
                visitor.address());
        return admission;
    }

    private Admission begin(
            Account account, Role role, VerifiedIdentity identity, Visitor visitor) {
        Beginning beginning =
                new Beginning(
                        visitor.home(),
                        identity.subject().issuer(),
                        sid(identity.providerSession()),
                        identity.authTime(),
                        visitor.address(),
                        visitor.userAgent());
        Optional<NewSession> begun = sessions.begin(account, beginning);
        if (begun.isEmpty()) {
            return refused(new Admission.Suspended(), "suspended", identity, visitor);
        }
        LiveSession session = begun.get().session();
        audit.append(
                new AuditEvent.SignedIn(
                        account.id().value(),
                        visitor.home().value(),
                        identity.subject().issuer().value(),
                        session.id().value()),
                visitor.address());
        visitor.session(sessions).ifPresent(old -> replace(old, session, account, visitor));
        return new Admission.SignedIn(new Insider(session, account, role), begun.get().cookie());
    }

    private static String sid(ProviderSession session) {
        return switch (session) {
            case ProviderSession.Known(var sid) -> sid;
            case ProviderSession.NotTold() -> "";
        };
    }

    /// The same person in another tab goes on with what they have; somebody else's ends.
    private void replace(LiveSession old, LiveSession next, Account account, Visitor visitor) {
        Cause cause = cause(account, "signed in anew", visitor);
        if (old.account().equals(next.account())) {
            codes.moveTo(next.id(), old.id());
            lifecycle.replaceSession(old, next, cause);
        } else {
            lifecycle.endSession(old, cause);
        }
    }

    private static Cause cause(Account account, String reason, Visitor visitor) {
        return new Cause(account.id().value(), reason, visitor.address());
    }
}
