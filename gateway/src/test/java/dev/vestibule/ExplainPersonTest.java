package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.SuspendedBy;
import dev.vestibule.cli.ExplainControl.ExplainAnswer;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a whole gateway says about people, and about the number on a page of refusal.
class ExplainPersonTest {

    private static final Pattern REFERENCE = Pattern.compile("\\b([0-9a-f]{6}-[0-9a-z]+)\\b");

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    private String asked(String what) {
        var before = house.contentsAtRest();
        ExplainAnswer answer = house.gateway().commands().explain().named(what);
        assertThat(house.contentsAtRest()).isEqualTo(before);
        return switch (answer) {
            case ExplainAnswer.Told(var explanation) ->
                    explanation.lines().stream()
                                    .map(line -> line.label() + ": " + line.text())
                                    .collect(Collectors.joining("\n"))
                            + "\n"
                            + String.join("\n", explanation.advice());
            case ExplainAnswer.Refused(var sentence) -> "no: " + sentence;
        };
    }

    @Test
    void somebodyIsToldWithRoleUserIdentitiesAndWaysIn() {
        house.signIn(browser, "ben");

        assertThat(asked("ben"))
                .contains("person: ben (Ben)")
                .contains("state: active")
                .contains("came by: a first sign-in at a provider")
                .contains("at home: user, from the groups of the last sign-in")
                .contains("Home Assistant user ")
                .contains("identities: provider op, linked ")
                .contains("has: browsers: 1, grants: 1, passkeys: 0")
                .contains(
                        "provider op at home: yes, where the groups that it tells then give a role")
                .contains("passkey at home: no: switched off (homes[].sign-in.passkeys)")
                .contains("password at home: no: switched off (homes[].sign-in.local-login)");
    }

    @Test
    void everybodyWhoSaysThatAPersonIsSuspendedIsNamed() {
        house.signIn(browser, "ben");
        var account = house.account("ben").id();
        var lifecycle = house.gateway().facts().lifecycle();
        lifecycle.suspend(account, SuspendedBy.PROVIDER, TestFacts.cause());

        assertThat(asked("ben"))
                .contains(
                        "state: suspended, on the word of the identity provider; a sign-in there"
                                + " lets them in again");

        lifecycle.suspend(account, SuspendedBy.SCIM, TestFacts.cause());

        assertThat(asked("ben"))
                .contains(
                        "state: suspended, on the word of the identity provider and of an identity"
                                + " system (SCIM)");
    }

    @Test
    void whoIsSuspendedHasNoWayInAndTheWordIsNamed() {
        house.signIn(browser, "ben");
        house.suspend("ben");

        assertThat(asked("ben"))
                .contains("state: suspended, on the word of whoever runs the gateway")
                .contains("closed")
                .contains("ways in now: provider op at home: no: the person is suspended")
                .contains("vestibule account restore " + house.account("ben").id());
    }

    @Test
    void theNumberOnAPageTellsWhatWasRefused() {
        Answer answer = browser.get(house.at("/auth/providers"));
        Matcher reference = REFERENCE.matcher(answer.body());
        assertThat(reference.find()).as(answer.body()).isTrue();

        assertThat(asked(reference.group(1)))
                .contains("class: closed")
                .contains("decision: refused (closed)")
                .contains("because: The gateway keeps this path closed for everybody");
        assertThat(asked("abcdef-zz"))
                .startsWith("no: Nothing is remembered")
                .contains("request=abcdef-zz");
    }

    @Test
    void theNumberOnAPageOfTheSignInIsFoundInTheAuditLog() {
        house.provider().signInAutomaticallyAs("sam");
        Answer answer = browser.walk(house.authorizeAddress(), house.landing());
        Matcher reference = REFERENCE.matcher(answer.body());
        assertThat(reference.find()).as(answer.body()).isTrue();

        assertThat(asked(reference.group(1))).contains("what: SignInRefused").contains("reason: ");
    }

    @Test
    void aNameThatWouldSteerATerminalIsSpeltOut() {
        assertThat(asked("e\u001b[31mve")).startsWith("no: Nobody").contains("\\u{1b}");
    }
}
