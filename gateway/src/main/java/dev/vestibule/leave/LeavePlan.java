package dev.vestibule.leave;

import dev.vestibule.grant.GrantSummary;
import dev.vestibule.webhook.WebhookLine;

import java.util.List;

/// What leaving a home means for everybody there.
///
/// @param people everybody of whom Home Assistant has a user through the gateway
/// @param undecided those of them who were to lose their access, and keep it until somebody
///   decides: leaving waits for that
/// @param strangeCredentials hidden credentials that belong to nobody here, such as another
///   gateway's: they are left alone
/// @param abandoned the names of users who were made here and are nobody's any more, because their
///   person was linked to another one; nobody can sign in as them
/// @param ending what programs were given by the gateway: they sign in anew
/// @param staying what programs have from Home Assistant itself: it stays good
/// @param phones that send to the house
public record LeavePlan(
        List<Leaver> people,
        List<Leaver> undecided,
        List<String> strangeCredentials,
        List<String> abandoned,
        List<GrantSummary> ending,
        List<GrantSummary> staying,
        List<WebhookLine> phones) {
    public LeavePlan {
        people = List.copyOf(people);
        undecided = List.copyOf(undecided);
        strangeCredentials = List.copyOf(strangeCredentials);
        abandoned = List.copyOf(abandoned);
        ending = List.copyOf(ending);
        staying = List.copyOf(staying);
        phones = List.copyOf(phones);
    }
}
