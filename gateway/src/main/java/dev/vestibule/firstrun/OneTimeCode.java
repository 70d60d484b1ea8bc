package dev.vestibule.firstrun;

import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.ShortCode;

import java.util.Optional;
import java.util.function.Consumer;

/// The code on the console, and the one browser that entered it. Safe to share between threads: of
/// two browsers with the right code, one comes in.
final class OneTimeCode {

    /// Of 39 bits: whoever guesses needs some hundred thousand million tries, and has this many.
    static final int TRIES_MAX = 5;

    /// So many codes in a row that nobody entered are no mistyping.
    static final int CODES_MAX = 10;

    private final Secrets secrets;
    private final Consumer<ShortCode> console;
    private Optional<ShortCode> awaited;
    private Optional<Secret> browser = Optional.empty();
    private int tries;
    private int codes = 1;

    /// @param console shows a new code to whoever started the process
    OneTimeCode(Secrets secrets, Consumer<ShortCode> console) {
        this.secrets = secrets;
        this.console = console;
        this.awaited = Optional.of(ShortCode.random(secrets));
    }

    /// What came of a try.
    sealed interface Attempt {

        /// @param browser by which that browser is known from now on
        record Right(Secret browser) implements Attempt {}

        record Wrong() implements Attempt {}

        /// One try too many: another code is on the console.
        record Replaced() implements Attempt {}

        /// Some browser has entered the code already.
        record Spent() implements Attempt {}

        /// One code too many.
        record GivenUp() implements Attempt {}
    }

    /// Shows the first code, which is there already: whoever is faster than the console tries a
    /// code, and does not end the page.
    synchronized void open() {
        awaited.ifPresent(console);
    }

    private void replace() {
        ShortCode code = ShortCode.random(secrets);
        awaited = Optional.of(code);
        tries = 0;
        codes++;
        console.accept(code);
    }

    synchronized Attempt attempt(String typed) {
        if (browser.isPresent()) {
            return new Attempt.Spent();
        }
        if (awaited.isEmpty()) {
            return new Attempt.GivenUp();
        }
        if (isAwaited(typed)) {
            Secret known = secrets.randomToken();
            browser = Optional.of(known);
            awaited = Optional.empty();
            return new Attempt.Right(known);
        }
        tries++;
        return tries < TRIES_MAX ? new Attempt.Wrong() : afterTooMany();
    }

    /// Compared as secrets are: in the same time wherever they differ.
    private boolean isAwaited(String typed) {
        return ShortCode.read(typed)
                .map(code -> new Secret(code.value()))
                .equals(awaited.map(code -> new Secret(code.value())));
    }

    private Attempt afterTooMany() {
        if (codes < CODES_MAX) {
            replace();
            return new Attempt.Replaced();
        }
        awaited = Optional.empty();
        return new Attempt.GivenUp();
    }

    synchronized boolean isSpent() {
        return browser.isPresent();
    }

    /// Whether this is the browser that entered the code.
    synchronized boolean isBrowser(Optional<String> cookie) {
        return browser.isPresent() && cookie.map(Secret::new).equals(browser);
    }
}
