package dev.vestibule.local;

import dev.vestibule.account.Account;
import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Guest;
import dev.vestibule.config.HomeId;
import dev.vestibule.http.Response;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.provisioning.Attachment;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// Gives a Home Assistant user whose login was just proved to the person who proved it. Safe to
/// share between threads.
final class Links {

    /// For the audit log.
    private static final String BY = "their own login";

    private final Admissions admissions;
    private final Attachment attachment;

    Links(Admissions admissions, Attachment attachment) {
        this.admissions = admissions;
        this.attachment = attachment;
    }

    /// The person must still be signed in as the account that began: another one who signs in in
    /// the meantime is not given the user.
    Response settle(
            Visitor visitor,
            LoginPurpose.Link link,
            Destination destination,
            LoginOutcome.Proven proven) {
        boolean isHandedOn = false;
        try {
            Optional<Insider> insider =
                    admissions
                            .insiders()
                            .find(visitor)
                            .filter(found -> isStill(found.account(), link));
            if (insider.isEmpty()) {
                return AdmissionPages.stale(visitor.reference());
            }
            AttachResult result = attach(visitor.home(), insider.get().account(), proven);
            if (!(result instanceof AttachResult.Attached)) {
                return refused(result, insider.get().account(), visitor.reference());
            }
            isHandedOn = true;
            return admissions
                    .welcome()
                    .arrive(Guest.of(insider.get()), visitor, destination, proven.login());
        } finally {
            if (!isHandedOn) {
                admissions.codes().discard(visitor.home(), proven.login().tokens());
            }
        }
    }

    private static boolean isStill(Account account, LoginPurpose.Link link) {
        return account.id().equals(link.account()) && account.epoch() == link.epoch();
    }

    private AttachResult attach(HomeId home, Account account, LoginOutcome.Proven proven) {
        return admissions
                .homes()
                .get(home)
                .homeSignIn()
                .attach(account.id(), proven.user().id(), BY, attachment);
    }

    private static Response refused(AttachResult result, Account account, String reference) {
        return switch (result) {
            case AttachResult.UserTaken(var by) when by.equals(account.id()) ->
                    LocalPages.notLinked("already", reference);
            case AttachResult.UserTaken _, AttachResult.UserSuspended _ ->
                    LocalPages.notLinked("taken", reference);
            case AttachResult.AccountHasUser() -> LocalPages.notLinked("has-user", reference);
            case AttachResult.AccountHasNoRole(),
                    AttachResult.AccountNotActive(),
                    AttachResult.AccountNotAPersons(),
                    AttachResult.UserNotFound(),
                    AttachResult.SystemGenerated() ->
                    LocalPages.notLinked("not-possible", reference);
            case AttachResult.Attached _ -> throw new IllegalStateException("nothing was refused");
        };
    }
}
