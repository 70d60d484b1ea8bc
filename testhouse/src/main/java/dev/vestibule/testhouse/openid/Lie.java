package dev.vestibule.testhouse.openid;

import java.util.List;
import java.util.stream.Stream;

/// One thing that the provider does wrong, on purpose. Each kind of lie is told in one place.
public sealed interface Lie
        permits CallbackLie,
                ClaimLie,
                DiscoveryLie,
                EndSessionLie,
                KeySetLie,
                SignatureLie,
                TokenLie,
                UserInfoLie {

    /// What a careful relying party makes of a lie.
    enum Verdict {
        /// Nobody may get in.
        REFUSE,
        /// It is no offence, or cannot be seen from outside: sign-in goes on.
        ACCEPT,
        /// Both are right.
        EITHER
    }

    /// What a careful relying party should do when it meets this.
    Verdict verdict();

    /// Every lie there is, for a test that tells them all.
    static List<Lie> all() {
        return Stream.<Lie[]>of(
                        CallbackLie.values(),
                        ClaimLie.values(),
                        DiscoveryLie.values(),
                        EndSessionLie.values(),
                        KeySetLie.values(),
                        SignatureLie.values(),
                        TokenLie.values(),
                        UserInfoLie.values())
                .flatMap(Stream::of)
                .toList();
    }
}
