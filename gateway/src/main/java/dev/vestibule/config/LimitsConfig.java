package dev.vestibule.config;

/// How much of everything there may be at once.
///
/// @param connections open connections to the gateway. Default: `10000`. Example: `2000`
/// @param sockets open websockets of one account. Default: `200`. Example: `50`
/// @param sessionsPerAccount signed-in browsers of one account; one more ends the one that was not
///   used for the longest. Default: `100`. Example: `20`
/// @param signIns sign-ins that are under way, at the provider or on the way back. Default: `5000`.
///   Example: `500`
/// @param signInsPerMinute new sign-ins from one address (an IPv6 /64 counts as one, a /48 as
///   eight) in a minute. Default: `60`. Example: `20`
/// @param tokenQuestionsPerMinute unknown tokens from one address that are asked of Home Assistant
///   in a minute. Default: `30`. Example: `10`
/// @param scimRefusalsPerMinute SCIM requests from one address that are refused as unauthorized in
///   a minute; the next ones are told to wait. Default: `30`. Example: `10`
/// @param scimRequestsPerSecond requests of one SCIM client in a second; ten times as many may come
///   at once after a pause. Default: `50`. Example: `10`
public record LimitsConfig(
        int connections,
        int sockets,
        int sessionsPerAccount,
        int signIns,
        int signInsPerMinute,
        int tokenQuestionsPerMinute,
        int scimRefusalsPerMinute,
        int scimRequestsPerSecond) {

    public static final LimitsConfig DEFAULTS =
            new LimitsConfig(10_000, 200, 100, 5_000, 60, 30, 30, 50);
}
