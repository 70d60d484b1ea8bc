package dev.vestibule.explain;

import dev.vestibule.account.Account;
import dev.vestibule.account.LinkedIdentity;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.OpenIdProviderConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// By which ways somebody could come in, and why not by the others.
///
/// @param isLapsed whether no provider vouches for them any more
record WaysWords(
        GatewayConfig config,
        Account account,
        List<LinkedIdentity> identities,
        boolean isLapsed,
        int passkeys) {

    WaysWords {
        identities = List.copyOf(identities);
    }

    List<String> all(Predicate<HomeId> hasRole) {
        if (!account.isActive()) {
            return List.of("none: the person is " + PlainWords.of(account.state()));
        }
        List<String> ways = new ArrayList<>();
        switch (account.origin()) {
            case KIOSK -> ways.add("as a wall tablet, where homes[].sign-in.kiosks[] has it");
            case BREAK_GLASS -> ways.add("by a code of vestibule break-glass only");
            case OIDC, SCIM, ADOPTED, LOCAL -> {
                config.providers().forEach(provider -> ways.add(by(provider)));
                config.homes().forEach(home -> ways.addAll(ownWays(home, hasRole)));
            }
        }
        return ways;
    }

    private String by(OpenIdProviderConfig provider) {
        boolean isLinked =
                identities.stream()
                        .anyMatch(
                                identity ->
                                        identity.issuer()
                                                .value()
                                                .equals(provider.issuer().toString()));
        return "provider "
                + provider.id()
                + ": "
                + (isLinked
                        ? "yes, where its groups still give a role"
                        : "not yet: nobody signed in there as this person");
    }

    private List<String> ownWays(HomeConfig home, Predicate<HomeId> hasRole) {
        String at = " at " + home.name() + ": ";
        if (!hasRole.test(home.name())) {
            return List.of("passkey and password" + at + "no: no role there");
        }
        return List.of("passkey" + at + passkey(home), "password" + at + password(home));
    }

    private String passkey(HomeConfig home) {
        if (!home.signIn().passkeys()) {
            return "no: switched off (homes[].sign-in.passkeys)";
        }
        if (passkeys == 0) {
            return "no: the person has none";
        }
        return isLapsed ? "no: no provider vouches for the person any more" : "yes";
    }

    private String password(HomeConfig home) {
        return switch (home.signIn().localLogin()) {
            case OFF -> "no: switched off (homes[].sign-in.local-login)";
            case BREAK_GLASS -> "no: only while vestibule local-login on holds";
            case ON ->
                    isLapsed
                            ? "no: no provider vouches for the person any more"
                            : "yes, with a password that Home Assistant knows";
        };
    }
}
