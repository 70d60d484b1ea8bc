package dev.vestibule.explain;

import dev.vestibule.admission.Prospect;
import dev.vestibule.explain.Means.Demand;
import dev.vestibule.explain.Means.Hindrance;

import java.util.List;
import java.util.stream.Collectors;

/// What the ways in say of somebody, in words.
final class WaysWords {

    private WaysWords() {}

    static String of(Prospect prospect) {
        return switch (prospect) {
            case Prospect.In(var role) -> "yes, as " + PlainWords.of(role);
            case Prospect.InAsGroupsSay() -> "yes, as what the groups say that it tells then";
            case Prospect.InWhereGroupsSay() ->
                    "yes, where the groups that it tells then give a role (homes[].roles)";
            case Prospect.NotKnownThere() -> "not yet: nobody signed in there as this person";
            case Prospect.SomebodyElse() -> "no: whoever comes so is another account now";
            case Prospect.Out(var why) -> "no: " + of(why);
        };
    }

    private static String of(Prospect.Why why) {
        return switch (why) {
            case SUSPENDED -> "the person is suspended";
            case LAPSED -> "no provider vouches for the person any more";
            case NO_ROLE -> "no role there";
            case NOT_SENT ->
                    "only whom an identity system sent comes in by it (providers[].scim.people)";
            case SWITCHED_OFF -> "somebody switched their user off in Home Assistant";
            case UNKNOWN -> "nobody comes in so as this account";
        };
    }

    static String of(Hindrance why) {
        return "no: "
                + switch (why) {
                    case PASSKEYS_OFF -> "switched off (homes[].sign-in.passkeys)";
                    case NO_PASSKEYS_AT_THIS_ADDRESS ->
                            "browsers have no passkeys at the address of this home";
                    case HAS_NO_PASSKEY -> "the person has none";
                    case PASSKEYS_OF_ANOTHER_ADDRESS -> "theirs were made at another address";
                    case LOCAL_LOGIN_OFF -> "switched off (homes[].sign-in.local-login)";
                    case LOCAL_LOGIN_CLOSED -> "only while vestibule local-login on holds";
                    case NO_USER -> "they have no user in Home Assistant";
                    case NO_LOGIN_OF_THEIR_OWN ->
                            "their user has no password but the gateway's own";
                    case USER_SWITCHED_OFF -> "their user is switched off in Home Assistant";
                    case USER_NOT_FOR_PEOPLE -> "their user is not one for people to sign in as";
                    case HOME_AWAY -> "Home Assistant does not answer, and it checks the password";
                    case LINKING_OFF -> "switched off (homes[].sign-in.linking)";
                    case HAS_A_USER_OF_BEFORE -> "they have a user of before already";
                    case CANNOT_BE_LINKED -> "this account takes no user of before";
                    case ACCOUNT_REMOVED ->
                            "this account was removed, and whoever comes so is another one";
                    case TABLET_NOT_LISTED -> "not one of homes[].sign-in.kiosks[]";
                    case NO_KEY_APPROVED -> "no key of it is approved";
                    case OTHER_HOMES_ADMINISTRATOR -> "it is for another home";
                };
    }

    /// @return to be put behind a yes
    static String of(List<Demand> demands) {
        return demands.isEmpty()
                ? ""
                : demands.stream()
                        .map(WaysWords::of)
                        .collect(Collectors.joining(" and ", ", ", ""));
    }

    private static String of(Demand demand) {
        return switch (demand) {
            case PASSWORD -> "with a password that Home Assistant knows";
            case AT_HOME -> "from a network that is listed as lan";
            case AT_HOME_UNLESS_CODE_FOR_ANYWHERE ->
                    "from a network that is listed as lan (or with one of --anywhere)";
            case TABLETS_NETWORK -> "from its network";
            case TABLETS_CERTIFICATE -> "with its certificate";
            case TABLETS_KEY -> "with its key";
            case CODE_OF_THE_CONSOLE -> "with a code of vestibule break-glass";
        };
    }
}
