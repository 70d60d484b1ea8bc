package dev.vestibule.telling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.Language;
import dev.vestibule.store.Cursor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class TellingTest {

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
        assertThat(told(new AuditEvent.SignInRefused("home", "eve", "no-role", "a1b2-7")))
                .isEqualTo(
                        "A sign-in by eve from 192.0.2.7 was refused: no group of this person"
                                + " gives a role here (number a1b2-7)");
        assertThat(told(new AuditEvent.SignInRefused("home", "", "provider-access_denied", "r")))
                .isEqualTo(
                        "A sign-in by somebody unknown from 192.0.2.7 was refused: the identity"
                                + " provider said no (access_denied) (number r)");
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
                        "A proof was wrong: “Eve' was refused. 'Ada signed in with Keycloak from"
                                + " 192.0.2.9” with a password of Home Assistant from 192.0.2.7:"
                                + " the name or the password was wrong (number r)");
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
