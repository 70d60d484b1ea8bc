package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LesserButton;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.SelectField;
import dev.vestibule.http.Request;
import dev.vestibule.http.Text;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.provisioning.Attachment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a person's page has for giving them a user of Home Assistant that was there before: a
/// button for each home, and behind it the form. Only who opens the form asks Home Assistant for
/// its users, so that a page about somebody is there while Home Assistant is away.
final class AttachParts {

    private static final String OPEN = "attach";

    private final ConsoleHomes homes;
    private final Attachment attachment;

    AttachParts(ConsoleHomes homes, Attachment attachment) {
        this.homes = homes;
        this.attachment = attachment;
    }

    List<Part> of(Request request, Account person, HomeId home) {
        return request.query().single(OPEN).equals(Optional.of(home.value()))
                ? form(person, home)
                : List.of(
                        new LesserButton(
                                text("console.attach.title", home.value()),
                                ConsolePlace.PEOPLE.path(person.id().value())
                                        + "?"
                                        + OPEN
                                        + "="
                                        + home.value()));
    }

    private List<Part> form(Account person, HomeId home) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Heading(text("console.attach.title", home.value())));
        try {
            parts.addAll(offer(person, home, usersOf(home)));
        } catch (HomeAssistantUnavailable away) {
            parts.add(new Quiet(text("console.attach.away")));
        }
        return parts;
    }

    private List<HomeAssistantUser> usersOf(HomeId home) {
        return homes.get(home).homeAssistant().users().list().stream()
                .filter(user -> !user.systemGenerated())
                .sorted(Comparator.comparing(HomeAssistantUser::name))
                .toList();
    }

    /// Whom they cannot have is not offered. Where that is all of them, the page says why.
    private List<Part> offer(Account person, HomeId home, List<HomeAssistantUser> users) {
        List<Option> options = new ArrayList<>();
        List<AttachResult> refusals = new ArrayList<>();
        for (HomeAssistantUser user : users) {
            attachment
                    .refusal(person.id(), home, user.id())
                    .ifPresentOrElse(refusals::add, () -> options.add(option(user)));
        }
        return options.isEmpty()
                ? List.of(new Quiet(whyNone(refusals)))
                : List.of(new Paragraph(text("console.attach.text")), form(person, home, options));
    }

    private static Text whyNone(List<AttachResult> refusals) {
        return refusals.stream()
                .filter(AttachParts::isAboutThePerson)
                .findFirst()
                .map(AttachWords::whyNot)
                .orElseGet(() -> text("console.attach.nobody-free"));
    }

    private static boolean isAboutThePerson(AttachResult refusal) {
        return switch (refusal) {
            case AttachResult.AccountNotActive _,
                    AttachResult.AccountNotAPersons _,
                    AttachResult.AccountHasUser _,
                    AttachResult.AccountHasNoRole _ ->
                    true;
            case AttachResult.Attached _,
                    AttachResult.UserNotFound _,
                    AttachResult.SystemGenerated _,
                    AttachResult.UserTaken _,
                    AttachResult.UserSuspended _ ->
                    false;
        };
    }

    private static Form form(Account person, HomeId home, List<Option> options) {
        return new Form(
                ConsolePlace.PEOPLE.path(person.id().value()),
                List.of(
                        new Hidden("change", PersonChange.ATTACH.key()),
                        new Hidden("home", home.value())),
                new SelectField("user", text("console.person.user"), options, ""),
                PersonChange.ATTACH.label());
    }

    private static Option option(HomeAssistantUser user) {
        return new Option(
                user.id(),
                user.username().isEmpty()
                        ? Text.verbatim(user.name())
                        : Text.verbatim(user.name() + " (" + user.username() + ")"));
    }
}
