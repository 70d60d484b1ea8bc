package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.firstrun.FirstRun.Afterwards;
import dev.vestibule.firstrun.FirstRun.Order;
import dev.vestibule.homeassistant.FirstVisit.Minting;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LesserButton;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.oidc.AuthorizationResponseParameters;
import dev.vestibule.oidc.State;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.ProviderProbe;
import dev.vestibule.setup.TrialSignIn;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One step after the other, for the one browser that is in. Safe to share between threads; one
/// request is answered at a time, because a person sits there, and whoever clicks twice does not
/// get two tokens.
final class Wizard implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Order order;
    private final Runnable written;
    private final Secret formToken;
    private final Answers answers = new Answers();
    private final TrialQuestion trial = new TrialQuestion(answers);
    private final FinishQuestion finish;
    private final Map<Step, Question> questions;

    /// Where the provider's answer comes, and by what it is known. Written under the lock and read
    /// without it: a stranger's request never waits for a step.
    private volatile Optional<URI> callback = Optional.empty();

    private volatile Optional<State> awaited = Optional.empty();

    /// @param written is run once the last page has left
    Wizard(InstantSource time, Secrets secrets, Order order, Runnable written) {
        this.order = order;
        this.written = written;
        this.formToken = secrets.randomToken();
        this.finish = new FinishQuestion(answers, order.files());
        this.questions =
                Map.of(
                        Step.HOME_ASSISTANT, new AddressQuestions.OfHomeAssistant(answers),
                        Step.PUBLIC_URL, new AddressQuestions.OfTheGateway(answers),
                        Step.PRODUCT, new ProductQuestion(answers),
                        Step.ISSUER, new IssuerQuestion(answers, new ProviderProbe(time, secrets)),
                        Step.CLIENT, new ClientQuestion(time, secrets, answers),
                        Step.TRIAL, trial,
                        Step.ROLES, new RolesQuestion(answers),
                        Step.FINISH, finish);
    }

    /// What every form of ours carries, and no page of somebody else's can.
    Secret formToken() {
        return formToken;
    }

    private <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            callback = answers.trial().flatMap(_ -> redirectUri());
            awaited = answers.trial().flatMap(TrialSignIn::awaited);
            lock.unlock();
        }
    }

    /// Where whoever comes is to go on.
    String place() {
        return alone(() -> firstOpen().path());
    }

    /// The first step that waits for an answer; the last where none does.
    private Step firstOpen() {
        for (Step step : Step.values()) {
            if (!question(step).isAnswered()) {
                return step;
            }
        }
        return Step.FINISH;
    }

    private Question question(Step step) {
        return Objects.requireNonNull(questions.get(step));
    }

    /// Whether the provider sends its answer there.
    boolean awaitsProviderAt(RequestTarget target) {
        return callback.map(URI::getRawPath).equals(Optional.of(target.path()));
    }

    private Optional<URI> redirectUri() {
        return answers.provider()
                .flatMap(provider -> answers.publicUrl().map(provider::redirectUri));
    }

    boolean isPublicHost(String authority) {
        return callback.map(URI::getRawAuthority).equals(Optional.of(authority));
    }

    /// The provider's answer.
    ///
    /// @return whether it answers what we asked
    boolean arrive(Parameters response) {
        AuthorizationResponseParameters answer = new AuthorizationResponseParameters(response);
        return awaited.isPresent()
                && awaited.equals(answer.state())
                && alone(() -> trial.arrive(answer));
    }

    Response show(RequestTarget target) {
        return alone(
                () -> {
                    if (finish.isAnswered()) {
                        return last();
                    }
                    if (target.path().equals(TrialQuestion.OPEN) && answers.trial().isPresent()) {
                        return openTrial();
                    }
                    return Step.at(target.path())
                            .filter(step -> step.compareTo(firstOpen()) <= 0)
                            .map(step -> page(200, step, Problems.NONE))
                            .orElseGet(() -> FirstRunDoor.seeOther(firstOpen().path()));
                });
    }

    private Response openTrial() {
        return switch (trial.open()) {
            case Judged.Fits<URI>(var address) -> Response.redirect(address);
            case Judged.Unfit<URI> _ -> FirstRunDoor.seeOther(Step.TRIAL.path());
        };
    }

    Response take(RequestTarget target, Parameters form) {
        return alone(
                () -> {
                    if (finish.isAnswered()) {
                        return last();
                    }
                    return Step.at(target.path())
                            .filter(step -> step.compareTo(firstOpen()) <= 0)
                            .map(step -> take(step, form))
                            .orElseGet(() -> FirstRunDoor.seeOther(firstOpen().path()));
                });
    }

    private Response take(Step step, Parameters form) {
        boolean wasAnswered = question(step).isAnswered();
        Problems problems = question(step).take(answers.typed.read(form));
        if (!problems.isNone()) {
            return page(422, step, problems);
        }
        if (finish.isAnswered()) {
            return last();
        }
        // What came of a trial is looked at before going on.
        return FirstRunDoor.seeOther(
                step == Step.TRIAL && !wasAnswered && answers.person().isPresent()
                        ? step.path()
                        : after(step).path());
    }

    /// The next one, or one before it that waits for an answer anew.
    private Step after(Step step) {
        Step next = step.next();
        Step open = firstOpen();
        return next.compareTo(open) <= 0 ? next : open;
    }

    private Response page(int status, Step step, Problems problems) {
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Quiet(
                        text(
                                "first-run.progress",
                                Integer.toString(step.number()),
                                Integer.toString(Step.count()))));
        Hidden token = new Hidden(FirstRunDoor.FORM_TOKEN, formToken.reveal());
        parts.addAll(question(step).parts(problems, List.of(token)));
        step.before()
                .ifPresent(
                        before ->
                                parts.add(new LesserButton(text("first-run.back"), before.path())));
        return Pages.answer(
                status, new Page(text("first-run." + step.word() + ".title"), parts, ""));
    }

    /// Once it has left, the port is closed: everything that it needs is in the browser already.
    private Response last() {
        String publicUrl = answers.publicUrl().orElseThrow().toString();
        List<Part> parts = new ArrayList<>();
        finish.minted().ifPresent(made -> parts.addAll(told(made)));
        parts.add(
                new Fact(
                        text("first-run.finish.file"),
                        Text.verbatim(order.files().config().toString())));
        parts.add(
                new Paragraph(
                        order.then() == Afterwards.SERVES
                                ? text("first-run.done.serves")
                                : text("first-run.done.ends", order.files().config().toString())));
        parts.add(new Page.Part.Button(text("first-run.done.open", publicUrl), publicUrl));
        return Pages.answer(200, new Page(text("first-run.done.title"), parts, ""))
                .afterwards(written);
    }

    private static List<Part> told(Minting.Minted made) {
        Part token =
                new Paragraph(
                        text(
                                "first-run.done.token",
                                made.version(),
                                made.tokenName(),
                                made.userName()));
        return made.isSignInEnded()
                ? List.of(token)
                : List.of(token, new Alert(text("first-run.done.sign-in-stays")));
    }

    @Override
    public void close() {
        alone(
                () -> {
                    finish.close();
                    answers.close();
                    return true;
                });
    }
}
