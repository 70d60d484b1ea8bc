package dev.vestibule.local;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Guest;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeId;
import dev.vestibule.explain.Means.Hindrance;
import dev.vestibule.http.Response;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.provisioning.PersonsAttachment;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// Gives a Home Assistant user whose login was just proved to the person who proved it. Safe to
/// share between threads.
final class Links {

    /// For the audit log.
    private static final String BY = "their own login";

    /// No user of Home Assistant is called so.
    private static final String A_FREE_USER = "";

    private final Admissions admissions;
    private final PersonsAttachment attachment;

    Links(Admissions admissions, PersonsAttachment attachment) {
        this.admissions = admissions;
        this.attachment = attachment;
    }

    /// Whether the account has a user of before: there is nothing that it could link.
    boolean isLinked(HomeId home, AccountId account) {
        return admissions.homes().get(home).homeSignIn().hasUserOfBefore(account);
    }

    /// Why an account could keep no user of before, whichever it were; empty where it could.
    Optional<Hindrance> hindrance(HomeId home, AccountId account) {
        return isLinked(home, account)
                ? Optional.of(Hindrance.HAS_A_USER_OF_BEFORE)
                : attachment.refusal(account, home, A_FREE_USER).flatMap(Links::hindrance);
    }

    /// Who is not active is not in, which is what the judges say of them.
    private static Optional<Hindrance> hindrance(AttachResult result) {
        return switch (result) {
            case AttachResult.AccountHasUser() -> Optional.of(Hindrance.HAS_A_USER_OF_BEFORE);
            case AttachResult.AccountNotActive() -> Optional.empty();
            case AttachResult.AccountNotAPersons(),
                    AttachResult.AccountHasNoRole(),
                    AttachResult.UserNotFound(),
                    AttachResult.SystemGenerated(),
                    AttachResult.UserTaken _,
                    AttachResult.UserSuspended _ ->
                    Optional.of(Hindrance.CANNOT_BE_LINKED);
            case AttachResult.Attached _ -> throw new IllegalStateException("nothing was refused");
        };
    }

    /// The page for somebody who could not keep this user whatever they prove. Nobody hears by it
    /// whether they know the user's password (attack: somebody who lives in the house tries the
    /// passwords of the others).
    Optional<Response> refusal(Visitor visitor, LoginPurpose.Link link, String userId) {
        return attachment
                .refusal(link.account(), visitor.home(), userId)
                .map(result -> refused(result, link.account(), visitor.reference()));
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
            AttachResult result = attach(visitor, insider.get().account(), proven);
            if (!(result instanceof AttachResult.Attached)) {
                return refused(result, insider.get().account().id(), visitor.reference());
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

    private AttachResult attach(Visitor visitor, Account account, LoginOutcome.Proven proven) {
        return admissions
                .homes()
                .get(visitor.home())
                .homeSignIn()
                .attach(
                        account.id(),
                        proven.user().id(),
                        new Actor(BY, visitor.address()),
                        attachment);
    }

    private static Response refused(AttachResult result, AccountId account, String reference) {
        return switch (result) {
            case AttachResult.UserTaken(var by) when by.equals(account) ->
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
