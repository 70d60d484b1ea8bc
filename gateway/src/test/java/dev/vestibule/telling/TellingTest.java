package dev.vestibule.telling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.audit.EndReason;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.UnconvergedReason;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.Language;
import dev.vestibule.oidc.RejectionReason;
import dev.vestibule.store.Cursor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class TellingTest {

    private static final String ADA = "Lovelace";
    private static final String KEYCLOAK = "https://id.example/realms/home";

    private final TestFacts facts = new TestFacts();
    private final Telling telling = telling(false);

    @AfterEach
    void close() {
        facts.close();
    }

    private Telling telling(boolean isOfSeveralHomes) {
        OpenIdProviderConfig keycloak =
                OpenIdProviderConfig.of(
                        "keycloak",
                        URI.create(KEYCLOAK),
                        "vestibule",
                        new ClientAuthentication.None());
        return new Telling(facts.accounts, new IssuerNames(List.of(keycloak)), isOfSeveralHomes);
    }

    private AuditLine append(AuditEvent event) {
        facts.clock.advance(Duration.ofMillis(2));
        facts.audit.append(event, "192.0.2.7");
        return new AuditStore(facts.database)
                .before(AuditQuery.ALL, Cursor.NEWEST, 1)
                .lines()
                .getFirst();
    }

    private String told(AuditEvent event) {
        return telling.tellPlainly(List.of(append(event))).getFirst();
    }

    private String idOf(String name) {
        return facts.admit(name).id().value();
    }

    @Test
    void whoCameInAndHow() {
        assertThat(
                        told(
                                new AuditEvent.SignedIn(
                                        idOf("ada"),
                                        "home",
                                        KEYCLOAK,
                                        "s-1",
                                        "provider",
                                        "Firefox, Linux")))
                .isEqualTo("ada signed in with keycloak from 192.0.2.7, “Firefox, Linux”");
        assertThat(
                        told(
                                new AuditEvent.SignedIn(
                                        idOf("ben"),
                                        "home",
                                        "vestibule:passkey",
                                        "s-1",
                                        "passkey",
                                        "")))
                .isEqualTo("ben signed in with a passkey from 192.0.2.7, an unknown device");
    }

    @Test
    void whoWasRefusedAndWhy() {
        assertThat(
                        told(
                                new AuditEvent.SignInRefused(
                                        "home", "provider", "eve", "no-role", "a1b2-7")))
                .isEqualTo(
                        "A sign-in by eve from 192.0.2.7 was refused: no group of this person"
                                + " gives a role here (number a1b2-7)");
        assertThat(
                        told(
                                new AuditEvent.SignInRefused(
                                        "home", "provider", "", "provider-access_denied", "r")))
                .isEqualTo(
                        "A sign-in by somebody unknown from 192.0.2.7 was refused: the identity"
                                + " provider refused, in its own words: access_denied (number r)");
    }

    @Test
    void whyHomeAssistantDoesNotAgreeAndWhoHasToLook() {
        String ada = idOf("ada");
        var asleep = UnconvergedReason.TOKENS_SLEEP;
        var last = new Reason.Of(Reason.Family.LAST_ADMINISTRATOR, "cabin");
        var other = RejectionReason.SUBJECT_MISMATCH;

        assertThat(toldInGerman(new AuditEvent.Unconverged(ada, "home", asleep.code())))
                .endsWith(
                        "draußen: der Benutzer ist deaktiviert, und Token von ihm schlafen in Home"
                                + " Assistant, wo niemand sonst sie beenden kann");
        assertThat(toldInGerman(new AuditEvent.LivenessAlarm(ada, KEYCLOAK, last.code())))
                .endsWith(
                        "niemand sonst verwaltet das Zuhause cabin, daher wurde die Person nicht"
                                + " gesperrt");
        assertThat(toldInGerman(new AuditEvent.LivenessAlarm(ada, KEYCLOAK, other.code())))
                .endsWith("der Anbieter sagt nicht klar, wer die Person ist (subject_mismatch)");
    }

    private String toldInGerman(AuditEvent event) {
        return telling.tell(List.of(append(event))).getFirst().in(Language.GERMAN);
    }

    /// Attack: a client calls itself as a person is called, or by the id of their account.
    @Test
    void aProgramIsNeverToldAsAPerson() {
        String ada = idOf("ada");

        assertThat(told(new AuditEvent.SignInRefused("home", "", "ada", "unknown-client", "r")))
                .isEqualTo(
                        "The program ada asked for a sign-in from 192.0.2.7 and was refused:"
                                + " whoever runs this home has not listed the program that asked"
                                + " (number r)");
        assertThat(told(new AuditEvent.SignInRefused("home", "", ada, "no-client-document", "r")))
                .startsWith("The program " + ada + " asked for a sign-in");
        assertThat(
                        told(
                                new AuditEvent.AuthenticationFailed(
                                        "home", "hand-off", ada, "hand-off-wrong-code", "r")))
                .isEqualTo(
                        "An attempt for the app "
                                + ada
                                + " from 192.0.2.7 failed: the code for the app was wrong"
                                + " (number r)");
    }

    /// Attack: somebody types the id of another person's account as their name.
    @Test
    void onlyAnIdThatOurCodeWroteIsANameOfSomebody() {
        String ada = idOf(ADA);

        assertThat(told(failed("local", ada, "wrong-password"))).contains(ada).doesNotContain(ADA);
        assertThat(told(new AuditEvent.SignInRefused("home", "provider", ada, "no-role", "r")))
                .contains(ada)
                .doesNotContain(ADA);
        assertThat(told(failed("passkey", ada, "passkey-signature"))).contains(ADA);
        assertThat(told(failed("second-factor", ada, "wrong-code"))).contains(ADA);
        assertThat(
                        told(
                                new AuditEvent.SignInRefused(
                                        "home", "provider", ada, "passkey-sign-count", "r")))
                .contains(ADA);
        assertThat(
                        told(
                                new AuditEvent.SignInRefused(
                                        "home", "provider", ada, "too-many-codes", "r")))
                .contains(ADA);
    }

    private static AuditEvent failed(String way, String who, String reason) {
        return new AuditEvent.AuthenticationFailed("home", way, who, reason, "r");
    }

    @Test
    void whoeverActsInTheConsoleIsNamedAndWhoeverIsGoneIsShownAsSuch() {
        String gone = "0190a000-0000-7000-8000-000000000000";

        assertThat(
                        told(
                                new AuditEvent.AccountSuspended(
                                        gone,
                                        "account " + idOf("ada"),
                                        EndReason.BY_ADMINISTRATOR.code())))
                .isEqualTo("an unknown person (" + gone + ") was suspended by ada: in the console");
    }

    private AuditEvent role(String from, String to, String by) {
        return new AuditEvent.RoleChanged(idOf("ben"), "home", from, to, by);
    }

    @Test
    void whoHasWhichRoleNowAndByWhoseWord() {
        String ben = idOf("ben");

        assertThat(told(role("NONE", "USER", ben)))
                .isEqualTo("ben had no role here, and became a user when signing in");
        assertThat(told(role("USER", "ADMIN", ben)))
                .isEqualTo("ben was a user, and became an administrator when signing in");
        assertThat(told(role("ADMIN", "NONE", ben)))
                .isEqualTo(
                        "ben was an administrator, and was left without a role here when signing"
                                + " in");
        assertThat(told(role("NONE", "VIEWER", "scim:okta")))
                .isEqualTo(
                        "ben had no role here, and was made a viewer by the identity system okta");
        assertThat(told(role("ADMIN", "USER", "home-assistant")))
                .isEqualTo("ben was an administrator, and was made a user by Home Assistant");
        assertThat(told(role("USER", "NONE", "provider:keycloak")))
                .isEqualTo(
                        "ben was a user, and was left without a role here by the provider"
                                + " keycloak");
        assertThat(toldInGerman(role("ADMIN", "USER", "console")))
                .isEqualTo("ben wurde durch den Betreiber vom Administrator zum Benutzer");
        assertThat(toldInGerman(role("NONE", "USER", ben)))
                .isEqualTo("ben hatte hier keine Rolle und wurde bei der Anmeldung zum Benutzer");
    }

    @Test
    void whatPeopleDoToThemselvesIsNotToldAsIfTheyWereTwo() {
        String ben = idOf("ben");

        assertThat(
                        told(
                                new AuditEvent.SignedOutEverywhere(
                                        ben, ben, EndReason.SIGNED_OUT_EVERYWHERE.code())))
                .isEqualTo("ben signed out everywhere");
        assertThat(
                        told(
                                new AuditEvent.SignedOutEverywhere(
                                        ben, ben, EndReason.PASSKEY_NOT_THEIRS.code())))
                .isEqualTo(
                        "ben was signed out everywhere, by what they did themselves: a passkey was"
                                + " not theirs");
        assertThat(
                        told(
                                new AuditEvent.AccountSuspended(
                                        ben, "account " + ben, EndReason.BY_ADMINISTRATOR.code())))
                .isEqualTo("ben suspended their own account: in the console");
        assertThat(told(new AuditEvent.UserAttached(ben, "home", "u-1", "account " + ben)))
                .isEqualTo("ben linked the Home Assistant user u-1 to their own account");
    }

    @Test
    void whoeverBeginsASentenceStandsInTheFormForThat() {
        AuditEvent closed = new AuditEvent.WebhookClosed(idOf("ben"), "home", "Phone", "console");

        assertThat(told(closed)).isEqualTo("The operator closed the webhook Phone of ben");
        assertThat(toldInGerman(closed))
                .isEqualTo("Der Betreiber hat den Webhook Phone von ben geschlossen");
        assertThat(
                        toldInGerman(
                                new AuditEvent.ScimResourceDeleted(
                                        "scim:okta", "user", "r-1", "eve")))
                .isEqualTo("Das Identitätssystem okta hat den Benutzer eve gelöscht");
    }

    @Test
    void whoLetSomethingInIsTold() {
        String by = "account " + idOf("ben");

        assertThat(told(new AuditEvent.GrantApproved("g-1", "home", by)))
                .isEqualTo("ben approved the waiting access g-1");
        assertThat(told(new AuditEvent.ScimClientAdded("c", "okta", "", List.of(), by)))
                .isEqualTo(
                        "ben added the identity system okta (provider: none, networks:"
                                + " anywhere)");
        assertThat(told(new AuditEvent.DeprovisioningAllowed("scim:okta", by)))
                .isEqualTo(
                        "ben allowed for a while that the identity system okta takes people’s"
                                + " access away");
    }

    /// Before, these had who it was in the place of the address, or did not say it.
    @Test
    void anOlderLineTellsWhatItKnows() {
        String by = "account " + idOf("ben");

        assertThat(
                        telling.tellPlainly(
                                List.of(
                                        older("GrantApproved", "192.0.2.7", "\"grantId\":\"g-1\""),
                                        older("ScimTokenChanged", by, "\"name\":\"okta\""),
                                        older("ScimClientRemoved", "console", "\"name\":\"okta\""),
                                        older(
                                                "DeprovisioningDismissed",
                                                by,
                                                "\"source\":\"scim:okta\""))))
                .containsExactly(
                        "The waiting access g-1 was approved",
                        "ben changed the tokens of the identity system okta (new: 0, ended: 0)",
                        "The operator removed the identity system okta, and what it had sent was"
                                + " forgotten",
                        "ben did not allow that the identity system okta takes people’s access"
                                + " away; they stay");
    }

    private static AuditLine older(String kind, String address, String detail) {
        return new AuditLine("e-1", Instant.EPOCH, kind, address, "{" + detail + "}");
    }

    @Test
    void whereThereAreSeveralHomesTheSentenceSaysWhich() {
        AuditLine line = append(new AuditEvent.LocalLoginClosed("cabin"));

        assertThat(telling(true).tellPlainly(List.of(line)))
                .containsExactly(
                        "Sign-in with names and passwords of Home Assistant was closed"
                                + " (home cabin)");
    }

    @Test
    void theSameIsToldInTheLanguageOfWhoeverReads() {
        AuditLine line = append(new AuditEvent.PasskeyAdded(idOf("ada"), "home", "p", "Yubi Key"));

        assertThat(telling.tell(List.of(line)).getFirst().in(Language.GERMAN))
                .isEqualTo("ada hat den Passkey „Yubi Key“ hinzugefügt");
    }

    @Test
    void whatANewerReleaseWroteIsNotGuessed() {
        AuditLine line =
                new AuditLine("e-1", Instant.EPOCH, "DoorPainted", "192.0.2.7", "{\"by\":\"x\"}");

        assertThat(telling.tellPlainly(List.of(line)))
                .containsExactly("DoorPainted: this release does not know what that is");
    }

    /// Attack: a name that is a whole sentence, with quote marks to end the one it stands in.
    @Test
    void aNameIsNoSentence() {
        String evil = "Eve” was refused. “Ada signed in with Keycloak from 192.0.2.9";

        assertThat(
                        told(
                                new AuditEvent.AuthenticationFailed(
                                        "home", "local", evil, "wrong-password", "r")))
                .isEqualTo(
                        "An attempt by “Eve' was refused. 'Ada signed in with Keycloak from"
                                + " 192.0.2.9” with a password of Home Assistant from 192.0.2.7"
                                + " failed: the name or the password was wrong (number r)");
    }

    /// Attack: what is written hides or turns what stands beside it, or steers the terminal.
    @Test
    void aNameSteersNothing() {
        String evil = "eve\u202Eada\u0007\u001b[31m\r\nadmin\u200B   x\u2066";

        assertThat(told(new AuditEvent.PasskeyRenamed(idOf("ada"), "home", "p", evil)))
                .isEqualTo(
                        "ada gave a passkey the name “eve\uFFFDada\uFFFD\uFFFD[31m\uFFFD\uFFFDadmin"
                                + "\uFFFD x\uFFFD”");
    }

    /// Attack: what looks like the end of a quotation, in whichever script, is followed by words.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "''",
                "`",
                "\u201D",
                "\u201C",
                "\u2019\u2019",
                "\u201E",
                "\u201F",
                "\u00BB",
                "\u00AB",
                "\u203A",
                "\u2E05",
                "\u2E42",
                "\uFF02",
                "\u2033",
                "\u2036",
                "\u2057",
                "\u301D",
                "\u301E",
                "\u301F",
                "\u275D",
                "\u275E",
                "\u2760",
                "\u3003",
                "\u02BA",
                "\u02EE",
                "\u02DD",
                "\u05F4",
                "\u226B",
                "\u300B",
                "\uD83D\uDE77"
            })
    void nothingLooksLikeTheEndOfAName(String quote) {
        assertThat(told(passkey("eve" + quote + " signed in")))
                .isEqualTo("ada added the passkey “eve' signed in”");
    }

    /// Attack: a name that cannot be seen, or only a part of it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u3164",
                "\u115F",
                "\u1160",
                "\uFFA0",
                "\u2800",
                "\u034F",
                "\u00AD",
                "\u200B",
                "\u2060",
                "\uFE00",
                "\uDB40\uDD00",
                "\uDB40\uDC41"
            })
    void whatCannotBeSeenIsAMark(String unseen) {
        assertThat(told(passkey("ada" + unseen))).isEqualTo("ada added the passkey “ada\uFFFD”");
        assertThat(told(passkey(unseen))).isEqualTo("ada added the passkey “\uFFFD”");
    }

    @Test
    void aNameOfNothingButMarksOnOtherLettersIsNone() {
        assertThat(told(passkey(" \uFE0F\u0301"))).isEqualTo("ada added the passkey nothing");
        assertThat(told(passkey("Jose\u0301 \u2764\uFE0F")))
                .isEqualTo("ada added the passkey “Jose\u0301 \u2764\uFE0F”");
    }

    /// Attack: somebody is called by a word that says in a sentence of ours that nobody is.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "Somebody",
                "ANYWHERE",
                "nothing",
                "none",
                "niemand",
                "personne",
                "nadie",
                "nichts",
                "operator",
                "ｎｏｂｏｄｙ",
                "n\u043Ebody"
            })
    void aNameThatIsAWordOfOursStandsBetweenQuoteMarks(String word) {
        assertThat(told(passkey(word))).isEqualTo("ada added the passkey “" + word + "”");
    }

    private AuditEvent passkey(String name) {
        return new AuditEvent.PasskeyAdded(idOf("ada"), "home", "p", name);
    }

    @Test
    void aNameFromRightToLeftStaysInItsPlace() {
        AuditLine line = append(new AuditEvent.PasskeyAdded(idOf("ada"), "home", "p", "שלום"));

        assertThat(telling.tell(List.of(line)).getFirst().in(Language.ENGLISH))
                .isEqualTo("ada added the passkey “\u2068שלום\u2069”");
        assertThat(telling.tellPlainly(List.of(line)))
                .containsExactly("ada added the passkey “שלום”");
    }

    @Test
    void aNameIsNoPlaceToFillAndNoLongerThanCanBeRead() {
        assertThat(told(new AuditEvent.PasskeyAdded(idOf("ada"), "home", "p", "{0} '{1}'")))
                .isEqualTo("ada added the passkey “{0} '{1}'”");
        assertThat(told(new AuditEvent.PasskeyAdded(idOf("ben"), "home", "p", "x".repeat(5_000))))
                .isEqualTo("ben added the passkey “" + "x".repeat(100) + "…”");
    }
}
