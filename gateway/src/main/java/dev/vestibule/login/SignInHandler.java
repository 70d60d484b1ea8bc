package dev.vestibule.login;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.http.Response;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.Visitor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// `GET /auth/vestibule/sign-in`, for a browser that wants to see a page of the home (`next`), or
/// has come to choose a provider (`choice`); and `/auth/vestibule/sign-in/PROVIDER`, the choice.
final class SignInHandler implements Handler {

    /// Whoever came back to one of these after signing in would go round in circles.
    private static final List<List<String>> STEPS =
            List.of(
                    List.of("auth", "vestibule", "sign-in"),
                    List.of("auth", "vestibule", "sign-out"),
                    List.of("auth", "vestibule", "callback"),
                    List.of("auth", "vestibule", "mfa"));

    private final Insiders insiders;
    private final Providers providers;
    private final FrontDesk desk;
    private final Answers answers;

    SignInHandler(Insiders insiders, Providers providers, FrontDesk desk, Answers answers) {
        this.insiders = insiders;
        this.providers = providers;
        this.desk = desk;
        this.answers = answers;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        Optional<Secret> choice = request.query().single("choice").map(Secret::new);
        if (choice.isEmpty()) {
            return receive(request, visitor, wish(request));
        }
        Optional<SignInWish> wish = desk.chosenFor(visitor, choice.get());
        if (wish.isEmpty()) {
            return AdmissionPages.stale(visitor.reference());
        }
        List<String> path = request.target().segments();
        if (path.size() == 3) {
            return answers.choices(visitor, choice.get(), wish.get().destination());
        }
        Optional<OpenIdProvider> provider = providers.find(path.getLast());
        return provider.isEmpty()
                ? AdmissionPages.notFound(visitor.reference())
                : answers.to(
                        desk.leaveFor(visitor, provider.get(), wish.get()), visitor, wish.get());
    }

    private Response receive(Request request, Visitor visitor, SignInWish wish) {
        return answers.to(
                desk.receive(visitor, insiders.find(visitor), wish, SignedOutMark.isOver(request)),
                visitor,
                wish);
    }

    private static SignInWish wish(Request request) {
        return new SignInWish(
                new Destination.Page(pathOf(request.query().single("next").orElse("/"))),
                prompt(request));
    }

    private static Prompt prompt(Request request) {
        return switch (request.query().single("prompt").orElse("")) {
            case "select_account" -> Prompt.SELECT_ACCOUNT;
            case "login" -> Prompt.FRESH_LOGIN;
            default -> Prompt.AS_NEEDED;
        };
    }

    /// Attack: an open redirect. The path is parsed as the door parses paths, and written anew;
    /// what does not pass becomes the start page, and so do addresses that are a step of signing in
    /// or out themselves.
    private static String pathOf(String next) {
        try {
            RequestTarget target = RequestTarget.parse(next);
            String path = new URI(target.pathAndQuery()).toString();
            return isStep(target) ? "/" : path;
        } catch (BadRequest | URISyntaxException unusable) {
            return "/";
        }
    }

    private static boolean isStep(RequestTarget target) {
        return target.isUnder(List.of("auth"))
                && (!target.isUnder(List.of("auth", "vestibule"))
                        || STEPS.stream().anyMatch(target::isUnder));
    }
}
