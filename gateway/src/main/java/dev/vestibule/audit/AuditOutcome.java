package dev.vestibule.audit;

import java.util.Locale;

/// What came of what an event tells. The one rule about which events are authentication failures,
/// and which anybody can cause, so that the log keeps only so many of them.
public enum AuditOutcome {
    DONE,
    /// Something began, and need not come to anything.
    BEGUN,
    /// Somebody wanted something, and did not get it.
    REFUSED,
    /// Somebody proved wrongly who they are: this alone is an authentication failure, and leaves
    /// the line that programs read which ban; see [AuthenticationFailures].
    FAILED;

    /// Every new event decides here what it is.
    public static AuditOutcome of(AuditEvent event) {
        return switch (event) {
            case AuditEvent.AuthenticationFailed _ -> FAILED;
            case AuditEvent.SignInRefused _,
                    AuditEvent.PasskeyNotAdded _,
                    // The key itself signed: perhaps its owner's, after a copy of it did.
                    AuditEvent.PasskeyPerhapsCopied _,
                    AuditEvent.ScimActiveUnreadable _ ->
                    REFUSED;
            case AuditEvent.HandOffBegun _ -> BEGUN;
            case AuditEvent.SignedIn _,
                    AuditEvent.KioskKeyApproved _,
                    AuditEvent.KioskKeyRemoved _,
                    AuditEvent.WebhookClosed _,
                    AuditEvent.KioskElsewhere _,
                    AuditEvent.ConsentGiven _,
                    AuditEvent.ConsentRefused _,
                    AuditEvent.HandOffConfirmed _,
                    AuditEvent.HandOffFinished _,
                    AuditEvent.GrantMade _,
                    AuditEvent.LongLivedTokenMade _,
                    AuditEvent.TokenAdopted _,
                    AuditEvent.ApprovalNeeded _,
                    AuditEvent.GrantApproved _,
                    AuditEvent.GrantRevoked _,
                    AuditEvent.SessionEnded _,
                    AuditEvent.AccountSuspended _,
                    AuditEvent.AccountRemoved _,
                    AuditEvent.SignedOutEverywhere _,
                    AuditEvent.RoleChanged _,
                    AuditEvent.Unconverged _,
                    AuditEvent.ScimPersonLinked _,
                    AuditEvent.ScimPersonGiven _,
                    AuditEvent.Converged _,
                    AuditEvent.ProofEnded _,
                    AuditEvent.LivenessAlarm _,
                    AuditEvent.AccountRestored _,
                    AuditEvent.UserAttached _,
                    AuditEvent.AccountMerged _,
                    AuditEvent.HomeUserDrifted _,
                    AuditEvent.UserProvisioned _,
                    AuditEvent.HomeLeaving _,
                    AuditEvent.LoginGiven _,
                    AuditEvent.HomeLeft _,
                    AuditEvent.HomeReturned _,
                    AuditEvent.BreakGlassCodeMade _,
                    AuditEvent.BreakGlassUsed _,
                    AuditEvent.LocalLoginOpened _,
                    AuditEvent.LocalLoginClosed _,
                    AuditEvent.ScimClientAdded _,
                    AuditEvent.ScimTokenChanged _,
                    AuditEvent.ScimClientRemoved _,
                    AuditEvent.DeprovisioningHeld _,
                    AuditEvent.DeprovisioningAllowed _,
                    AuditEvent.DeprovisioningDismissed _,
                    AuditEvent.ScimResourceCreated _,
                    AuditEvent.ScimResourceChanged _,
                    AuditEvent.ScimResourceDeleted _,
                    AuditEvent.PasskeyAdded _,
                    AuditEvent.PasskeyRenamed _,
                    AuditEvent.PasskeyDisowned _,
                    AuditEvent.PasskeyRemoved _,
                    AuditEvent.AuditSwept _ ->
                    DONE;
        };
    }

    /// Whether anybody can cause as much of it as they like.
    boolean isAnybodys() {
        return this != DONE;
    }

    /// As the column has it.
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
