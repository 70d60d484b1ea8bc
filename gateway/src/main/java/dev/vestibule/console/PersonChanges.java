package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.provisioning.Attachment;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.RemoveResult;
import dev.vestibule.revocation.SuspendResult;

import java.util.Optional;

/// Does to a person what an administrator asked for, or says why not.
final class PersonChanges {

    private final AccountLifecycle lifecycle;
    private final Attachment attachment;
    private final ConsoleHomes homes;

    PersonChanges(AccountLifecycle lifecycle, Attachment attachment, ConsoleHomes homes) {
        this.lifecycle = lifecycle;
        this.attachment = attachment;
        this.homes = homes;
    }

    Response apply(Steward steward, Account person, PersonChange change, Parameters form) {
        return switch (change) {
            case SUSPEND -> suspend(steward, person);
            case RESTORE -> restore(steward, person);
            case SIGN_OUT -> signOut(steward, person);
            case REMOVE -> remove(steward, person);
            case ATTACH -> attach(steward, person, form);
        };
    }

    private Response suspend(Steward steward, Account person) {
        return switch (lifecycle.suspend(person.id(), SuspendedBy.OPERATOR, steward.cause())) {
            case SuspendResult.Suspended() -> done(steward, person, ConsoleNotice.SUSPENDED);
            case SuspendResult.AlreadySuspended() ->
                    refused(steward, person, text("console.refused.suspended-already"));
            case SuspendResult.NoSuchAccount() -> gone(steward);
            case SuspendResult.LastAdministrator(var home) ->
                    refused(
                            steward,
                            person,
                            text("console.refused.last-administrator", home.value()));
        };
    }

    private Response restore(Steward steward, Account person) {
        return lifecycle.restore(person.id(), SuspendedBy.OPERATOR, steward.cause())
                ? done(steward, person, ConsoleNotice.RESTORED)
                : refused(steward, person, text("console.refused.not-suspended"));
    }

    private Response signOut(Steward steward, Account person) {
        lifecycle.signOutEverywhere(person.id(), steward.cause());
        return done(steward, person, ConsoleNotice.SIGNED_OUT);
    }

    private Response remove(Steward steward, Account person) {
        return switch (lifecycle.remove(person.id(), steward.cause())) {
            case RemoveResult.Removed() ->
                    ConsolePages.goTo(
                            steward, ConsoleNotice.REMOVED.at(ConsolePlace.PEOPLE.path()));
            case RemoveResult.NoSuchAccount() -> gone(steward);
            case RemoveResult.LastAdministrator(var home) ->
                    refused(
                            steward,
                            person,
                            text("console.refused.last-administrator", home.value()));
        };
    }

    private Response attach(Steward steward, Account person, Parameters form) {
        Optional<HomeId> home =
                steward.homes().stream()
                        .filter(own -> form.single("home").equals(Optional.of(own.value())))
                        .findFirst();
        String user = form.single("user").orElse("");
        if (home.isEmpty() || user.isEmpty()) {
            return gone(steward);
        }
        try {
            AttachResult result =
                    homes.get(home.get())
                            .signIn()
                            .attach(person.id(), user, steward.actor(), attachment);
            return result instanceof AttachResult.Attached
                    ? done(steward, person, ConsoleNotice.ATTACHED)
                    : refused(steward, person, AttachWords.whyNot(result));
        } catch (HomeAssistantUnavailable away) {
            return refused(steward, person, text("console.attach.away"));
        }
    }

    private static Response gone(Steward steward) {
        return ConsolePages.notFound(steward, ConsolePlace.PEOPLE);
    }

    private static Response refused(Steward steward, Account person, Text why) {
        return ConsolePages.refused(
                steward, ConsolePlace.PEOPLE, why, ConsolePlace.PEOPLE.path(person.id().value()));
    }

    private static Response done(Steward steward, Account person, ConsoleNotice notice) {
        return ConsolePages.goTo(steward, notice.at(ConsolePlace.PEOPLE.path(person.id().value())));
    }
}
