package dev.vestibule.session;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;

import java.time.Instant;

/// A session as lists show it.
///
/// @param person what pages call whose it is
/// @param device the `User-Agent` of the sign-in, as the browser said it
/// @param address from where the sign-in came
/// @param openCount how many sockets and streams of it this process has open
public record SessionSummary(
        SessionId id,
        AccountId account,
        String person,
        HomeId home,
        SignInWay way,
        String device,
        String address,
        Instant beganAt,
        Instant lastUsedAt,
        int openCount) {}
