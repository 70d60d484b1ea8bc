package dev.vestibule.audit;

/// Why Home Assistant cannot be brought into agreement about a person. The codes are part of the
/// log's format, and sentences, since they came before this list; what waits in the outbox says the
/// same. Every one has a sentence in every language.
public enum UnconvergedReason implements Reason {
    OWNER_STAYS("the owner of Home Assistant cannot be deactivated"),
    GATEWAYS_OWN_USER("the gateway itself asks Home Assistant as this user"),
    TOKENS_SLEEP(
            "the user is deactivated, and tokens of theirs sleep in Home Assistant, where nobody"
                    + " but they can end them"),
    /// One that was made by hand, of somebody who is still in.
    TOKEN_LIVES_ON(
            "a token is ended here and lives on in Home Assistant, where nobody but its person can"
                    + " end it"),
    /// It keeps nobody in: nobody here has it any more.
    CREDENTIAL_STAYS(
            "Home Assistant does not remove a hidden credential that is used no more; nobody but"
                    + " the gateway has its password"),
    LINKED_USER_GONE("the user whom an administrator linked is no more; link another one"),
    /// Nobody can act as the person without it.
    SECOND_FACTOR("the login has a second factor; it is finished when the person signs in"),
    NOBODY_LET_IN(
            "Home Assistant lets nobody in as this user; it is finished when the person signs in");

    private final String code;

    UnconvergedReason(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}
