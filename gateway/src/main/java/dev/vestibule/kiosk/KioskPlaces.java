package dev.vestibule.kiosk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.kiosk.Kiosks.Kiosk;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.policy.Presence;

import java.time.InstantSource;
import java.util.Optional;

/// Whether what belongs to a wall tablet is used in the tablet's own network, and with its
/// certificate where it must have one (attack: its cookie or token is copied to a laptop). A tablet
/// that is no longer in the configuration has no network at all. Safe to share between threads.
public final class KioskPlaces {

    private static final int ACCOUNTS_MAX = 50_000;

    /// Of one address; whoever tries a copied token tries it often.
    private static final int LINES_PER_MINUTE = 2;

    private final Kiosks kiosks;
    private final AccountStore accounts;
    private final AuditLog audit;
    private final AddressLimiter lines;

    /// What an account is never changes while the gateway runs: its origin and its name are for
    /// life, and the networks are the configuration's.
    private final Cache<Key, Tie> ties = Caffeine.newBuilder().maximumSize(ACCOUNTS_MAX).build();

    public KioskPlaces(InstantSource time, Kiosks kiosks, AccountStore accounts, AuditLog audit) {
        this.kiosks = kiosks;
        this.accounts = accounts;
        this.audit = audit;
        this.lines = new AddressLimiter(time, LINES_PER_MINUTE);
    }

    private record Key(HomeId home, AccountId account) {}

    /// What ties an account to a place.
    private sealed interface Tie {

        boolean allows(Presence presence);

        /// A person.
        record None() implements Tie {
            @Override
            public boolean allows(Presence presence) {
                return true;
            }
        }

        record To(Kiosk kiosk) implements Tie {
            @Override
            public boolean allows(Presence presence) {
                return kiosk.isAt(presence);
            }
        }

        /// A tablet that the configuration of this home does not name.
        record ToNowhere() implements Tie {
            @Override
            public boolean allows(Presence presence) {
                return false;
            }
        }
    }

    /// Whether an account may be used from there, as far as that is known; never waits.
    public Optional<Boolean> known(HomeId home, AccountId account, Presence presence) {
        Tie tie = ties.getIfPresent(new Key(home, account));
        return tie == null ? Optional.empty() : Optional.of(tie.allows(presence));
    }

    /// May wait for the database. A refusal is written into the audit log.
    public boolean judge(HomeId home, AccountId account, Presence presence) {
        boolean isAllowed = foresee(home, account, presence);
        if (!isAllowed && lines.tryTake(presence.client())) {
            audit.append(
                    new AuditEvent.KioskElsewhere(account.value(), home.value()),
                    presence.client().toString());
        }
        return isAllowed;
    }

    /// As [#judge], and nothing is written down.
    public boolean foresee(HomeId home, AccountId account, Presence presence) {
        return tie(home, account).allows(presence);
    }

    private Tie tie(HomeId home, AccountId account) {
        return ties.get(new Key(home, account), this::look);
    }

    private Tie look(Key key) {
        boolean isKiosk =
                accounts.find(key.account())
                        .map(Account::origin)
                        .filter(AccountOrigin.KIOSK::equals)
                        .isPresent();
        if (!isKiosk) {
            return new Tie.None();
        }
        return kiosks.of(key.home()).stream()
                .filter(kiosk -> isOf(kiosk, key.account()))
                .<Tie>map(Tie.To::new)
                .findFirst()
                .orElseGet(Tie.ToNowhere::new);
    }

    private boolean isOf(Kiosk kiosk, AccountId account) {
        return accounts.find(kiosk.subject()).map(Account::id).filter(account::equals).isPresent();
    }
}
