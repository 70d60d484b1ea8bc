package dev.vestibule.audit;

import java.util.List;

/// Something that the owner of the house may want to look up later. Names are part of the exported
/// format: new ones may come, none changes its meaning.
public sealed interface AuditEvent {

    /// Somebody proved who they are and came in. `way` is how, as sessions have it; `device` is
    /// what people call what they came with. Older lines say neither.
    record SignedIn(
            String accountId,
            String homeId,
            String issuer,
            String sessionId,
            String way,
            String device)
            implements AuditEvent {}

    /// A sign-in ended without anybody coming in, and without a wrong proof. `way` is that of a
    /// [WayIn], and empty where a program was turned away before anybody tried one; `who` is what
    /// is known of the person, perhaps nothing; `reason` is a stable code.
    record SignInRefused(String homeId, String way, String who, String reason, String reference)
            implements AuditEvent {}

    /// Somebody showed something to prove who they are, and it was wrong: a password, a code, a
    /// signature. `way` is that of a [WayIn]; `who` is what is known of the person, perhaps
    /// nothing, and perhaps a stranger's invention; `reason` is a stable code. See
    /// [AuthenticationFailures].
    record AuthenticationFailed(
            String homeId, String way, String who, String reason, String reference)
            implements AuditEvent {}

    /// An administrator approved the key of a wall tablet that was at an address.
    record KioskKeyApproved(String homeId, String kiosk, String tabletAddress, String accountId)
            implements AuditEvent {}

    /// The key of a wall tablet was removed; whoever holds it is no tablet any more. `device` is
    /// what the browser called itself.
    record KioskKeyRemoved(String homeId, String kiosk, String device, String by)
            implements AuditEvent {}

    /// The webhook of a phone was closed for good. `accountId` is empty where nobody's phone had
    /// claimed it.
    record WebhookClosed(String accountId, String homeId, String name, String by)
            implements AuditEvent {}

    /// What belongs to a wall tablet was used in another network than the tablet's, and refused.
    record KioskElsewhere(String accountId, String homeId) implements AuditEvent {}

    /// A person said that a client may have access; what it gets follows. `kind` is a stable word.
    record ConsentGiven(String accountId, String homeId, String clientId, String kind)
            implements AuditEvent {}

    /// A person was asked about a client and said no.
    record ConsentRefused(String accountId, String homeId, String clientId, String kind)
            implements AuditEvent {}

    /// An app waits for somebody to prove who they are. Anybody can make one wait. `device` is what
    /// it says that it runs on.
    record HandOffBegun(String homeId, String clientId, String device) implements AuditEvent {}

    /// Somebody proved in a browser who they are, and holds a code for an app.
    record HandOffConfirmed(String accountId, String homeId, String clientId, String device)
            implements AuditEvent {}

    /// The code was typed into the app, and its person was let in once more.
    record HandOffFinished(String accountId, String homeId, String clientId, String device)
            implements AuditEvent {}

    /// A client was given access on somebody's behalf.
    record GrantMade(String grantId, String accountId, String homeId, String clientId)
            implements AuditEvent {}

    /// A person made a long-lived token for a program.
    record LongLivedTokenMade(String grantId, String accountId, String homeId, String name)
            implements AuditEvent {}

    /// A token that is older than the gateway was taken over.
    record TokenAdopted(String grantId, String accountId, String homeId, String what)
            implements AuditEvent {}

    /// A token that is older than the gateway waits for an administrator.
    record ApprovalNeeded(String grantId, String homeId, String what) implements AuditEvent {}

    /// An administrator let a waiting grant in. Older lines do not say who.
    record GrantApproved(String grantId, String homeId, String by) implements AuditEvent {}

    /// A grant ended.
    record GrantRevoked(String grantId, String accountId, String homeId, String reason)
            implements AuditEvent {}

    /// A browser was signed out.
    record SessionEnded(String sessionId, String accountId, String homeId, String reason)
            implements AuditEvent {}

    /// Everything of a person stopped working.
    record AccountSuspended(String accountId, String by, String reason) implements AuditEvent {}

    /// Everything of a person stopped working, for good.
    record AccountRemoved(String accountId, String by, String reason) implements AuditEvent {}

    /// Every browser, app and token of a person ended; they may sign in again.
    record SignedOutEverywhere(String accountId, String by, String reason) implements AuditEvent {}

    /// A person may more or less than before at a home.
    record RoleChanged(String accountId, String homeId, String from, String to, String by)
            implements AuditEvent {}

    /// Home Assistant cannot be brought into agreement about a person as things stand; the gateway
    /// alone keeps them out.
    record Unconverged(String accountId, String homeId, String reason) implements AuditEvent {}

    /// A SCIM client decides about a person from now on: it created them, or they are the same.
    record ScimPersonLinked(String accountId, String clientId, String userId, String by)
            implements AuditEvent {}

    /// An operator gave a person to a SCIM client.
    record ScimPersonGiven(String accountId, String clientId, String by) implements AuditEvent {}

    /// Home Assistant agrees that a person is out.
    ///
    /// @param millis since they were out here
    record Converged(String accountId, String homeId, long millis) implements AuditEvent {}

    /// A provider vouches for a person no longer, which says nothing about the person.
    record ProofEnded(String accountId, String issuer, String reason) implements AuditEvent {}

    /// A provider's word about a person could not be followed, or made no sense: somebody has to
    /// look.
    record LivenessAlarm(String accountId, String issuer, String reason) implements AuditEvent {}

    /// A suspended person may come in again.
    record AccountRestored(String accountId, String by) implements AuditEvent {}

    /// An existing Home Assistant user was attached to an account.
    record UserAttached(String accountId, String homeId, String homeAssistantUserId, String by)
            implements AuditEvent {}

    /// The account that had been made for a person's old tokens became part of their own.
    record AccountMerged(
            String accountId,
            String formerAccountId,
            String homeId,
            int grants,
            int webhooks,
            String by)
            implements AuditEvent {}

    /// Somebody changed a person's user in Home Assistant's own pages, or a backup was restored
    /// there. `what` is a stable word: `switched-off` and `deleted` ended what they had open here,
    /// `back` lets them sign in again, `lives-on` had them shut out again, `other-groups` is
    /// undone, `more-rights` is undone and an alarm, `other-role` is followed.
    record HomeUserDrifted(String accountId, String homeId, String homeAssistantUserId, String what)
            implements AuditEvent {}

    /// A Home Assistant user was made for an account.
    record UserProvisioned(String accountId, String homeId, String homeAssistantUserId)
            implements AuditEvent {}

    /// The operator began to take the gateway away from a home.
    record HomeLeaving(String homeId) implements AuditEvent {}

    /// A person got a login of their own at Home Assistant, because the home is being left.
    record LoginGiven(String accountId, String homeId, String homeAssistantUserId, String username)
            implements AuditEvent {}

    /// Nothing of the gateway is left at a home.
    record HomeLeft(String homeId) implements AuditEvent {}

    /// The gateway is to stand before a home again that it had left, or was leaving.
    record HomeReturned(String homeId) implements AuditEvent {}

    /// The console was given a code for the emergency administrator of a home; an earlier one has
    /// ended.
    ///
    /// @param isAnywhere whether it may be used from outside the home's networks
    record BreakGlassCodeMade(String homeId, boolean isAnywhere) implements AuditEvent {}

    /// Somebody came in as the emergency administrator of a home. An alarm.
    record BreakGlassUsed(String homeId) implements AuditEvent {}

    /// The console brought the form for names and passwords of Home Assistant back.
    ///
    /// @param until a moment in ISO 8601
    record LocalLoginOpened(String homeId, String until) implements AuditEvent {}

    /// The console took it away before its time.
    record LocalLoginClosed(String homeId) implements AuditEvent {}

    /// An identity system was given a token to send people with.
    ///
    /// @param provider the id of the provider whose people it sends; empty for none
    /// @param networks where its requests may come from; empty for anywhere
    record ScimClientAdded(
            String clientId, String name, String provider, List<String> networks, String by)
            implements AuditEvent {
        public ScimClientAdded {
            networks = List.copyOf(networks);
        }
    }

    /// The tokens of an identity system changed.
    ///
    /// @param isNew whether one more was made
    /// @param ended how many ended
    record ScimTokenChanged(String clientId, String name, boolean isNew, int ended, String by)
            implements AuditEvent {}

    /// An identity system can send nobody any more, and what it had sent was forgotten.
    record ScimClientRemoved(String clientId, String name, String by) implements AuditEvent {}

    /// An identity system, or a provider, would have taken the access of too many people at once,
    /// and may not before somebody has said so. Once for each hold. An alarm.
    ///
    /// @param leaving how many, with those before them
    /// @param people of how many
    /// @param names some of those who stay for now
    record DeprovisioningHeld(String source, int leaving, int people, List<String> names)
            implements AuditEvent {
        public DeprovisioningHeld {
            names = List.copyOf(names);
        }
    }

    /// An operator let the people of an identity system leave, for a while.
    record DeprovisioningAllowed(String source, String by) implements AuditEvent {}

    /// An operator ended a hold without letting anybody leave, or took such a permission back.
    record DeprovisioningDismissed(String source, String by) implements AuditEvent {}

    /// An identity system made a user or a group. `name` is its userName or displayName.
    record ScimResourceCreated(String by, String kind, String resourceId, String name)
            implements AuditEvent {}

    /// An identity system changed a user or a group. What changed nothing leaves no line.
    record ScimResourceChanged(String by, String kind, String resourceId, String name)
            implements AuditEvent {}

    /// An identity system deleted a user or a group.
    record ScimResourceDeleted(String by, String kind, String resourceId, String name)
            implements AuditEvent {}

    /// An identity system said something about whether a person may come in that nobody could read,
    /// and was refused: it may believe that somebody is out who is not. An alarm. `resourceId` is
    /// empty where the person was to be made.
    record ScimActiveUnreadable(String resourceId, String by, String reference)
            implements AuditEvent {}

    /// A person can sign in with one more passkey. `name` is what they call it.
    record PasskeyAdded(String accountId, String homeId, String passkeyId, String name)
            implements AuditEvent {}

    /// A person, signed in, gave a passkey another name.
    record PasskeyRenamed(String accountId, String homeId, String passkeyId, String name)
            implements AuditEvent {}

    /// A person, signed in, removed a passkey.
    record PasskeyRemoved(String accountId, String homeId, String passkeyId, String name)
            implements AuditEvent {}

    /// A person said that a passkey was not theirs: it is removed, and they are signed out
    /// everywhere. An alarm.
    record PasskeyDisowned(String accountId, String homeId, String passkeyId, String name)
            implements AuditEvent {}

    /// A passkey signed and was refused, because it had signed more often before: there may be a
    /// copy of it. An alarm.
    record PasskeyPerhapsCopied(String accountId, String homeId, String passkeyId, String name)
            implements AuditEvent {}

    /// Lines of this log went, as the configuration says.
    ///
    /// @param old how many, because they were older than the log is kept; lines like this one go
    ///   with them and are not counted
    /// @param excess how many, because there were too many of what anybody can cause
    /// @param before lines before this moment in ISO 8601 are old
    record AuditSwept(int old, int excess, String before) implements AuditEvent {}

    /// A person, signed in, tried to add a passkey, and what came was none. `reason` is a stable
    /// code.
    record PasskeyNotAdded(String accountId, String homeId, String reason, String reference)
            implements AuditEvent {}
}
