package dev.vestibule.telling;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.audit.EndReason;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.Reason.Family;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.UnconvergedReason;
import dev.vestibule.http.Text;
import dev.vestibule.oidc.RejectionReason;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Why, in words, from the code that the log keeps. What no release of ours has written stands as
/// it is.
final class ReasonWords {

    private static final String KEY = "audit.reason.";

    private static final Map<String, Text> BY_CODE = byCode();

    private ReasonWords() {}

    static Text of(String code) {
        Text known = BY_CODE.get(code);
        return known == null ? ofFamily(code) : known;
    }

    private static Text ofFamily(String code) {
        return Arrays.stream(Family.values())
                .filter(family -> code.startsWith(family.code() + "-"))
                .findFirst()
                .map(family -> ofFamily(family, code.substring(family.code().length() + 1)))
                .orElseGet(() -> Foreign.of(code));
    }

    private static Text ofFamily(Family family, String member) {
        return text(KEY + family.code(), Foreign.of(member));
    }

    private static Map<String, Text> byCode() {
        Map<String, Text> words = new HashMap<>();
        Stream.of(EndReason.values(), RefusalReason.values(), UnconvergedReason.values())
                .<Enum<?>>flatMap(Arrays::stream)
                .forEach(reason -> words.put(((Reason) reason).code(), text(KEY + word(reason))));
        for (RejectionReason reason : RejectionReason.values()) {
            words.put(
                    reason.code(),
                    text(KEY + "answer." + group(reason), Text.verbatim(reason.code())));
        }
        return Map.copyOf(words);
    }

    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What somebody can do about it is the same for all of a group.
    private static String group(RejectionReason reason) {
        return switch (reason) {
            case EXPIRED, ISSUED_AT, NOT_YET_VALID -> "clock";
            case TOKEN_UNREADABLE,
                    TOKEN_TYPE,
                    ALGORITHM_NOT_ALLOWED,
                    HEADER_NOT_ALLOWED,
                    KEY_UNKNOWN,
                    SIGNATURE_INVALID ->
                    "signature";
            case OTHER_PROVIDER,
                    RESPONSE_ISSUER_MISSING,
                    RESPONSE_ISSUER_MISMATCH,
                    ISSUER_MISMATCH,
                    AUDIENCE_MISMATCH,
                    AUTHORIZED_PARTY_MISMATCH ->
                    "others";
            case DUPLICATE_PARAMETER,
                    STATE_MISMATCH,
                    CODE_AND_ERROR,
                    CODE_MISSING,
                    CODE_REFUSED,
                    ID_TOKEN_MISSING,
                    NONCE_MISMATCH,
                    ACCESS_TOKEN_HASH,
                    LOGOUT_EVENT,
                    LOGOUT_NONCE,
                    LOGOUT_TARGET,
                    LOGOUT_TOKEN_ID ->
                    "not-this";
            case SUBJECT_MISSING, SUBJECT_MISMATCH, USER_INFO_REFUSED, USER_INFO_SUBJECT ->
                    "person";
            case AUTHENTICATION_TOO_OLD, AUTHENTICATION_CONTEXT -> "weak";
        };
    }
}
