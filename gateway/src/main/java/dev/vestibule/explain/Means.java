package dev.vestibule.explain;

import dev.vestibule.account.Issuer;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.session.SignInWay;

import java.util.List;

/// By what somebody could prove at a home who they are.
///
/// @param way what it is called, such as `passkey`
public record Means(String way, Proof proof) {

    /// What there is to prove it with.
    public sealed interface Proof {

        /// Nothing.
        record Missing(Hindrance why) implements Proof {}

        /// The word of somebody else, who tells groups as well.
        record Word(Issuer issuer, SignInWay way) implements Proof {}

        /// Something of their own.
        ///
        /// @param demands what it takes besides
        record Own(ProvenIdentity identity, List<Demand> demands) implements Proof {
            public Own {
                demands = List.copyOf(demands);
            }
        }

        /// It brings nobody in, and is for whoever is in.
        record Inside() implements Proof {}
    }

    /// Why there is nothing.
    public enum Hindrance {
        PASSKEYS_OFF,
        /// Browsers have none for the home's address.
        NO_PASSKEYS_AT_THIS_ADDRESS,
        HAS_NO_PASSKEY,
        /// The person's are of another host.
        PASSKEYS_OF_ANOTHER_ADDRESS,
        LOCAL_LOGIN_OFF,
        /// It waits for the console to open it.
        LOCAL_LOGIN_CLOSED,
        /// The person has no user in Home Assistant, or none who is there still.
        NO_USER,
        /// The user has no name and password besides the gateway's own.
        NO_LOGIN_OF_THEIR_OWN,
        USER_SWITCHED_OFF,
        USER_NOT_FOR_PEOPLE,
        HOME_AWAY,
        LINKING_OFF,
        HAS_A_USER_OF_BEFORE,
        CANNOT_BE_LINKED,
        /// Whoever comes so is somebody new.
        ACCOUNT_REMOVED,
        TABLET_NOT_LISTED,
        NO_KEY_APPROVED,
        OTHER_HOMES_ADMINISTRATOR
    }

    /// What a proof takes.
    public enum Demand {
        PASSWORD,
        /// From the networks that are listed as the home's own.
        AT_HOME,
        /// As [#AT_HOME], but for a code that was made to be good from anywhere.
        AT_HOME_UNLESS_CODE_FOR_ANYWHERE,
        TABLETS_NETWORK,
        TABLETS_CERTIFICATE,
        TABLETS_KEY,
        CODE_OF_THE_CONSOLE
    }

    public static Means missing(String way, Hindrance why) {
        return new Means(way, new Proof.Missing(why));
    }
}
