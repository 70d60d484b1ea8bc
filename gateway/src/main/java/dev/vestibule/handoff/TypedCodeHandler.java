package dev.vestibule.handoff;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.Admission;
import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Guest;
import dev.vestibule.admission.HomeTrouble;
import dev.vestibule.admission.LoginDispatcher;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.admission.Welcome;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.WayIn;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `POST /auth/vestibule/hand-off`: the person types the code into the app's page. Whether they may
/// come in is judged once more, and whether what they proved it with is still there: minutes have
/// passed.
final class TypedCodeHandler implements Handler {

    private final LoginHomes homes;
    private final HandOffStore store;
    private final TypingLimits limits;
    private final AppPage page;
    private final LoginDispatcher dispatcher;
    private final Welcome welcome;
    private final RefusalLog refusals;
    private final AuditLog audit;

    TypedCodeHandler(
            Admissions admissions,
            HandOffStore store,
            TypingLimits limits,
            AppPage page,
            AuditLog audit) {
        this.homes = admissions.homes();
        this.store = store;
        this.limits = limits;
        this.page = page;
        this.dispatcher = admissions.dispatcher();
        this.welcome = admissions.welcome();
        this.refusals = admissions.refusals();
        this.audit = audit;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        if (!limits.mayType(visitor.client())) {
            return AdmissionPages.tooMany(visitor.reference());
        }
        // The code is used up by being typed, so that Home Assistant must be there first.
        HomeAssistantStatus home = homes.get(visitor.home()).homeAssistant().status();
        if (!(home instanceof HomeAssistantStatus.Connected)) {
            return AdmissionPages.trouble(HomeTrouble.of(home), visitor.reference());
        }
        Parameters form = request.form();
        return Asked.of(form, visitor)
                .map(asked -> take(asked, form.single("code").orElse(""), visitor))
                .orElseGet(() -> HandOffPages.over(visitor.reference()));
    }

    private Response take(Asked asked, String typed, Visitor visitor) {
        Optional<ShortCode> code = ShortCode.read(typed);
        if (code.isEmpty()) {
            return store.find(asked.link(), visitor.home(), asked.browser())
                    .map(handOff -> page.again(handOff, visitor, text("handoff.wrong.shape")))
                    .orElseGet(() -> HandOffPages.over(visitor.reference()));
        }
        return switch (store.type(asked.link(), code.get(), visitor.home(), asked.browser())) {
            case TypedCode.Right right -> letIn(right, asked, visitor);
            case TypedCode.Wrong(var handOff, int left) -> {
                limits.noteWrong();
                refusals.noteFailed(
                        visitor,
                        WayIn.HAND_OFF,
                        handOff.app().clientId(),
                        RefusalReason.HAND_OFF_WRONG_CODE);
                yield again(handOff, left, text("handoff.wrong.code", left), visitor);
            }
            case TypedCode.NoneGiven(var handOff, int left) ->
                    again(handOff, left, text("handoff.wrong.none"), visitor);
            case TypedCode.Over() -> HandOffPages.over(visitor.reference());
        };
    }

    private Response again(HandOff handOff, int triesLeft, Text wrong, Visitor visitor) {
        return triesLeft == 0
                ? HandOffPages.tooManyTries(visitor.reference())
                : page.again(handOff, visitor, wrong);
    }

    private Response letIn(TypedCode.Right right, Asked asked, Visitor visitor) {
        Admission admission =
                dispatcher.recognise(
                        new ProvenIdentity.Enrolled(right.account(), right.proof()), visitor);
        if (!(admission instanceof Admission.Recognised(var account, var role))) {
            return welcome.refusal(
                    admission, visitor, new Destination.Client(right.handOff().app()));
        }
        // Somebody who was signed out everywhere meanwhile meant this, too.
        if (account.epoch() != right.accountEpoch()) {
            refusals.note(
                    visitor,
                    WayIn.HAND_OFF,
                    account.username(),
                    RefusalReason.HAND_OFF_ENDED_MEANWHILE);
            return HandOffPages.over(visitor.reference());
        }
        audit.append(
                new AuditEvent.HandOffFinished(
                        account.id().value(),
                        visitor.home().value(),
                        right.handOff().app().clientId(),
                        right.handOff().device()),
                visitor.address());
        return welcome.arriveAllowed(
                new Guest(
                        account, role, new Guest.Holder.OfBrowser(asked.browser()), right.proof()),
                visitor,
                right.handOff().appOnItsDevice());
    }
}
