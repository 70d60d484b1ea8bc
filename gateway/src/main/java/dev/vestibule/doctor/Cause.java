package dev.vestibule.doctor;

/// Everything that can be found, with the words of `docs/doctor.md`; a test compares the two. What
/// was found in the case at hand is said by the [Finding].
public enum Cause {
    CONFIGURATION(
            "configuration",
            "The configuration has an error, or a line that deserves a look.",
            "Change the line that is named; `vestibule check` tells the same."),
    PUBLIC_URL(
            "public-url",
            "An address of a home does not lead to this gateway.",
            "Let its name and the reverse proxy lead to the address and port under `listen`."),
    AROUND_THE_GATEWAY(
            "around-the-gateway",
            "Home Assistant's own sign-in page can be reached without the gateway.",
            "Let Home Assistant listen on loopback only, or close its port by a firewall for"
                    + " everybody but the gateway."),
    CERTIFICATE(
            "certificate",
            "A certificate has run out, ends soon, begins later or is of another name.",
            "Renew it with every address of your homes as an alternative name."),
    PORT(
            "port",
            "The gateway cannot listen where `listen` or `management.listen` says.",
            "Stop what listens there, or choose another port."),
    PROVIDER_UNREACHABLE(
            "provider-unreachable",
            "An identity provider does not answer.",
            "Look whether it runs, whether this machine knows its name and trusts its certificate"
                    + " (`ca-file`)."),
    PROVIDER_MISMATCH(
            "provider-mismatch",
            "An identity provider and the configuration do not fit together.",
            "Copy `issuer` to the character from the provider's discovery document."),
    CLOCK(
            "clock",
            "The clock of this machine and that of another differ by more than a minute.",
            "Let both set their clock by NTP; with a clock that is wrong, sign-ins fail."),
    HOME_ASSISTANT_UNREACHABLE(
            "home-assistant-unreachable",
            "Home Assistant does not answer at `home-assistant.url`.",
            "Look whether it runs, and whether the address is the one that this machine sees."),
    HOME_ASSISTANT_NOT_SET_UP(
            "home-assistant-not-set-up",
            "Home Assistant waits for its first user.",
            "Open its own address and make one, then run `vestibule setup`."),
    HOME_ASSISTANT_TOO_OLD(
            "home-assistant-too-old",
            "Home Assistant is older than 2023.1.",
            "Update Home Assistant."),
    TOKEN_REFUSED(
            "token-refused",
            "Home Assistant does not accept the gateway's token.",
            "Run `vestibule setup`, or put a long-lived token of an administrator into"
                    + " `token-file`."),
    TOKEN_WITHOUT_RIGHTS(
            "token-without-rights",
            "The gateway's token belongs to somebody who is no administrator.",
            "Make its user an administrator again, or use the token of one."),
    FORWARDING(
            "forwarding",
            "Home Assistant does not take the visitor's address from the gateway.",
            "Set `use_x_forwarded_for: true` and list the gateway's address under"
                    + " `trusted_proxies` in the section `http` of Home Assistant's configuration,"
                    + " and restart it."),
    DATA_DIRECTORY(
            "data-directory",
            "The data directory cannot be written.",
            "Give it to the user who runs the gateway, or choose another `data-directory`."),
    DISK(
            "disk",
            "The disk of the data directory is nearly full.",
            "Make room: without it, nobody can sign in."),
    MASTER_KEY(
            "master-key",
            "The master key is readable by others, missing or broken.",
            "Run `chmod 600` on it, or put it back from the backup.");

    private final String word;
    private final String meaning;
    private final String mending;

    Cause(String word, String meaning, String mending) {
        this.word = word;
        this.meaning = meaning;
        this.mending = mending;
    }

    /// Its name, for people and scripts.
    public String word() {
        return word;
    }

    /// What is wrong, in general.
    public String meaning() {
        return meaning;
    }

    /// What to do about it.
    public String mending() {
        return mending;
    }
}
