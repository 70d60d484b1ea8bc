package dev.vestibule.testhouse.home;

import java.time.InstantSource;

/// How a scripted Home Assistant is set up. Immutable; the `with` methods return another one.
///
/// @param time the clock of tokens, codes and signatures; waiting is done in real time
/// @param version the release that is played, such as `2024.1.0`
/// @param port 0 takes any free port
/// @param areForwardedHeadersTrusted whether `use_x_forwarded_for` is on, with 127.0.0.1 and ::1 as
///   trusted proxies; if not, every request with `X-Forwarded-For` is answered 400
/// @param isOnboarded whether there is an owner already
/// @param ownerUsername the owner's user name; their name is the same with a capital
/// @param ownerPassword the owner's password
/// @param externalUrl the configured external address, or empty
/// @param loginAttemptsMax failed logins after which an address is banned; -1 means never
/// @param inboundMessageBytesMax the longest websocket message that is read
/// @param recordBytesMax how many arriving bytes [Record] keeps; 0 keeps none
public record HomeOptions(
        InstantSource time,
        String version,
        int port,
        boolean areForwardedHeadersTrusted,
        boolean isOnboarded,
        String ownerUsername,
        String ownerPassword,
        String externalUrl,
        int loginAttemptsMax,
        int inboundMessageBytesMax,
        long recordBytesMax) {

    /// A house of release 2024.1 with an owner, as it was recorded: no proxy is trusted.
    public static HomeOptions defaults() {
        return new HomeOptions(
                InstantSource.system(),
                "2024.1.0",
                0,
                false,
                true,
                "owner",
                "owner-password",
                "",
                -1,
                4 << 20,
                64L << 20);
    }

    public HomeOptions withTime(InstantSource newTime) {
        return new HomeOptions(
                newTime,
                version,
                port,
                areForwardedHeadersTrusted,
                isOnboarded,
                ownerUsername,
                ownerPassword,
                externalUrl,
                loginAttemptsMax,
                inboundMessageBytesMax,
                recordBytesMax);
    }

    public HomeOptions withVersion(String newVersion) {
        return new HomeOptions(
                time,
                newVersion,
                port,
                areForwardedHeadersTrusted,
                isOnboarded,
                ownerUsername,
                ownerPassword,
                externalUrl,
                loginAttemptsMax,
                inboundMessageBytesMax,
                recordBytesMax);
    }

    public HomeOptions withPort(int newPort) {
        return new HomeOptions(
                time,
                version,
                newPort,
                areForwardedHeadersTrusted,
                isOnboarded,
                ownerUsername,
                ownerPassword,
                externalUrl,
                loginAttemptsMax,
                inboundMessageBytesMax,
                recordBytesMax);
    }

    public HomeOptions withForwardedHeadersTrusted(boolean areTrusted) {
        return new HomeOptions(
                time,
                version,
                port,
                areTrusted,
                isOnboarded,
                ownerUsername,
                ownerPassword,
                externalUrl,
                loginAttemptsMax,
                inboundMessageBytesMax,
                recordBytesMax);
    }

    public HomeOptions withOnboarded(boolean onboarded) {
        return new HomeOptions(
                time,
                version,
                port,
                areForwardedHeadersTrusted,
                onboarded,
                ownerUsername,
                ownerPassword,
                externalUrl,
                loginAttemptsMax,
                inboundMessageBytesMax,
                recordBytesMax);
    }

    public HomeOptions withOwner(String username, String password) {
        return new HomeOptions(
                time,
                version,
                port,
                areForwardedHeadersTrusted,
                isOnboarded,
                username,
                password,
                externalUrl,
                loginAttemptsMax,
                inboundMessageBytesMax,
                recordBytesMax);
    }

    public HomeOptions withExternalUrl(String url) {
        return new HomeOptions(
                time,
                version,
                port,
                areForwardedHeadersTrusted,
                isOnboarded,
                ownerUsername,
                ownerPassword,
                url,
                loginAttemptsMax,
                inboundMessageBytesMax,
                recordBytesMax);
    }

    public HomeOptions withLoginAttemptsMax(int attempts) {
        return new HomeOptions(
                time,
                version,
                port,
                areForwardedHeadersTrusted,
                isOnboarded,
                ownerUsername,
                ownerPassword,
                externalUrl,
                attempts,
                inboundMessageBytesMax,
                recordBytesMax);
    }

    public HomeOptions withInboundMessageBytesMax(int bytes) {
        return new HomeOptions(
                time,
                version,
                port,
                areForwardedHeadersTrusted,
                isOnboarded,
                ownerUsername,
                ownerPassword,
                externalUrl,
                loginAttemptsMax,
                bytes,
                recordBytesMax);
    }

    public HomeOptions withRecordBytesMax(long bytes) {
        return new HomeOptions(
                time,
                version,
                port,
                areForwardedHeadersTrusted,
                isOnboarded,
                ownerUsername,
                ownerPassword,
                externalUrl,
                loginAttemptsMax,
                inboundMessageBytesMax,
                bytes);
    }
}
