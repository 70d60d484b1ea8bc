package dev.vestibule.passkey;

import dev.vestibule.account.Account;
import dev.vestibule.admission.Proof;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.config.HomeId;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.explain.Means;
import dev.vestibule.explain.Means.Hindrance;
import dev.vestibule.session.SignInWay;

import java.util.List;
import java.util.Optional;

/// What somebody could show of passkeys. A passkey opens the host that it was made for, and no
/// other.
record AskedPasskeys(PasskeySites sites, CredentialStore credentials) implements AskedWay {

    private static final String WAY = "passkey";

    @Override
    public List<Means> meansOf(Account account, HomeId home) {
        return account.origin().isAPersons() ? List.of(means(account, home)) : List.of();
    }

    private Means means(Account account, HomeId home) {
        Optional<PasskeySite> site = sites.of(home);
        if (site.isEmpty()) {
            return Means.missing(
                    WAY,
                    sites.switchedOn().contains(home)
                            ? Hindrance.NO_PASSKEYS_AT_THIS_ADDRESS
                            : Hindrance.PASSKEYS_OFF);
        }
        List<CredentialRecord> theirs = credentials.allOf(account.id());
        return theirs.stream()
                .filter(passkey -> passkey.isOf(site.get()))
                .findFirst()
                .map(passkey -> new Means(WAY, new Means.Proof.Own(proven(passkey), List.of())))
                .orElseGet(
                        () ->
                                Means.missing(
                                        WAY,
                                        theirs.isEmpty()
                                                ? Hindrance.HAS_NO_PASSKEY
                                                : Hindrance.PASSKEYS_OF_ANOTHER_ADDRESS));
    }

    /// Who somebody is who has shown a passkey.
    static ProvenIdentity.Enrolled proven(CredentialRecord passkey) {
        return new ProvenIdentity.Enrolled(
                passkey.account(), new Proof(SignInWay.PASSKEY, passkey.id().value()));
    }
}
