package dev.vestibule.cli;

import dev.vestibule.explain.Explanation;
import dev.vestibule.secret.Secret;

/// What an operator may ask of a running gateway about its judgement. Nothing changes by it.
public interface ExplainControl {

    /// How a request would be judged.
    ExplainAnswer request(RequestQuestion question);

    /// What a credential is, whose, and whether it lives.
    ExplainAnswer credential(Secret credential);

    /// Who somebody is, or what a page's reference number stands for.
    ///
    /// @param what an id, a user name, an e-mail address or a reference number
    ExplainAnswer named(String what);

    /// Each part is empty text where nothing was said.
    ///
    /// @param url an address, or its path
    /// @param method `GET` where nothing was said
    /// @param from an IP address
    /// @param account in whose name, by id, user name or e-mail address
    /// @param accessToken what the request shows
    /// @param page the origin of the page that sends it
    /// @param isAroundTheProxy where it did not come through a proxy that is demanded
    record RequestQuestion(
            String url,
            String method,
            String from,
            String account,
            Secret accessToken,
            String page,
            boolean isAroundTheProxy) {}

    /// What is answered.
    sealed interface ExplainAnswer {
        record Told(Explanation explanation) implements ExplainAnswer {}

        /// The question makes no sense here.
        record Refused(String sentence) implements ExplainAnswer {}
    }
}
