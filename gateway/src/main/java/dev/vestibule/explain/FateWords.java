package dev.vestibule.explain;

import dev.vestibule.grant.GrantInquiry;
import dev.vestibule.session.SessionInquiry;

/// Why a credential opens something or not, in words.
final class FateWords {

    private FateWords() {}

    static String of(SessionInquiry.Fate fate) {
        return switch (fate) {
            case ALIVE -> "alive";
            case PERSON_OUT -> "dead: its person's access has ended since";
            case OVER -> "dead: its lifetime is over (homes[].session.lifetime)";
            case IDLE -> "dead: it was not used for too long (homes[].session.idle-timeout)";
        };
    }

    static String of(GrantInquiry.Fate fate) {
        return switch (fate) {
            case ALIVE -> "alive";
            case WAITING -> "waits for an administrator's approval";
            case ENDED -> "dead: somebody ended it, or the session that it was issued from";
            case PERSON_OUT -> "dead: its person is suspended or removed";
            case OLDER -> "dead: its person's access ended since it was made, and began anew";
            case RAN_OUT -> "dead: its time is over, or it was not used for too long";
        };
    }

    static String advice(GrantInquiry.Known known) {
        return switch (known.fate()) {
            case ALIVE -> "To end it: vestibule grant revoke " + known.grant().id();
            case WAITING -> "To let it in: vestibule grant approve " + known.grant().id();
            case ENDED, OLDER, RAN_OUT -> "The app or program is to sign in anew.";
            case PERSON_OUT -> "vestibule explain ACCOUNT says who suspended the person.";
        };
    }
}
