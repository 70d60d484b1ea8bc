package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Text;
import dev.vestibule.provisioning.AttachResult;

/// Why a person does not get a user of Home Assistant.
final class AttachWords {

    private AttachWords() {}

    static Text whyNot(AttachResult result) {
        return text(
                "console.attach."
                        + switch (result) {
                            case AttachResult.Attached _ ->
                                    throw new IllegalArgumentException("they do get it");
                            case AttachResult.UserNotFound() -> "user-not-found";
                            case AttachResult.SystemGenerated() -> "system-generated";
                            case AttachResult.AccountNotActive() -> "not-active";
                            case AttachResult.AccountNotAPersons() -> "not-a-person";
                            case AttachResult.AccountHasUser() -> "has-user";
                            case AttachResult.AccountHasNoRole() -> "no-role";
                            case AttachResult.UserTaken _ -> "user-taken";
                            case AttachResult.UserSuspended _ -> "user-suspended";
                        });
    }
}
