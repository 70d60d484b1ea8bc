package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.session.Reach;
import dev.vestibule.session.SignInWay;

import java.time.Duration;

/// Who somebody proved to be, by one of the ways in. What follows from it is for [LoginDispatcher]
/// to decide.
public sealed interface ProvenIdentity {

    SignInWay way();

    /// What it was proven with, which must be there still when they come in.
    default Proof proof() {
        return new Proof(way(), "");
    }

    /// A provider, or a proxy in front, vouches for a subject and says which groups it is in. Who
    /// was never here gets an account.
    record Vouched(VerifiedIdentity identity, SignInWay way) implements ProvenIdentity {}

    /// An account of ours proved itself, by what it was given here, such as a passkey, or by
    /// whatever else, for an app, some minutes ago.
    record Enrolled(AccountId account, Proof proof) implements ProvenIdentity {

        @Override
        public SignInWay way() {
            return proof.way();
        }
    }

    /// An account that the configuration names, such as a wall tablet. It is made when it is needed
    /// first; its name and role follow the configuration.
    ///
    /// @param subject by which it is found again; the issuer is one of our own
    /// @param stay for how long, and from where, its sessions are good
    record Appointed(
            Subject subject,
            Profile profile,
            AccountOrigin origin,
            Role role,
            Proof proof,
            Stay stay)
            implements ProvenIdentity {

        @Override
        public SignInWay way() {
            return proof.way();
        }
    }

    /// @param lifetime sessions end so long after they begin, and no later than others
    record Stay(Duration lifetime, Reach reach) {}

    /// A user of Home Assistant, who proved their own login there. Who was never here gets an
    /// account.
    ///
    /// @param user as Home Assistant described them after the proof
    record HomeUser(HomeAssistantUser user) implements ProvenIdentity {

        @Override
        public SignInWay way() {
            return SignInWay.LOCAL;
        }
    }
}
