package dev.vestibule.config;

/// How much of everything there may be at once.
///
/// @param connections open connections to the gateway. Default: `10000`
/// @param sockets open websockets of one account. Default: `200`
/// @param signIns sign-ins that are under way, at the provider or on the way back. Default: `5000`
/// @param signInsPerMinute new sign-ins from one address (an IPv6 /64 counts as one) in a minute.
///   Default: `60`
/// @param tokenQuestionsPerMinute unknown tokens from one address that are asked of Home Assistant
///   in a minute. Default: `30`
public record LimitsConfig(
        int connections,
        int sockets,
        int signIns,
        int signInsPerMinute,
        int tokenQuestionsPerMinute) {

    public static final LimitsConfig DEFAULTS = new LimitsConfig(10_000, 200, 5_000, 60, 30);
}
