package dev.vestibule.testhouse.openid;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page on which somebody says who they are: one button per person.
final class ChooserPage {

    private ChooserPage() {}

    /// @param action where the form goes
    /// @param id the unguessable name of the waiting request
    static Answer of(AuthorizationRequest request, People people, String action, String id) {
        String buttons =
                people.all().stream()
                        .map(
                                person ->
                                        button(
                                                person,
                                                people.findActive(person.subject()).isPresent()))
                        .collect(Collectors.joining());
        String body =
                """
                <h1>%s</h1>
                <p>It stands in for your own provider. Choose who signs in to <b>%s</b>; \
                nobody is asked for a password.</p>
                <form method="post" action="%s">
                <input type="hidden" name="request" value="%s">
                <ul>%s</ul>
                <button class="plain" name="cancel" value="1">Cancel</button>
                </form>"""
                        .formatted(
                                Pages.HEADING,
                                Pages.escape(request.client().clientId()),
                                Pages.escape(action),
                                Pages.escape(id),
                                buttons);
        return Pages.of(200, body, formAction(request.client()));
    }

    /// Browsers hold the redirects that follow a form to its policy, so that the client's own
    /// addresses must be in it.
    private static String formAction(RegisteredClient client) {
        return Stream.concat(
                        Stream.of("'self'"),
                        Stream.concat(
                                        client.redirectUris().stream(),
                                        client.postLogoutRedirectUris().stream())
                                .filter(uri -> uri.getRawAuthority() != null)
                                .map(Pages::origin))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String button(Person person, boolean isActive) {
        String groups =
                person.groups().stream()
                        .map(group -> "<span class=\"group\">" + Pages.escape(group) + "</span>")
                        .collect(Collectors.joining());
        return """
        <li><button class="person" name="subject" value="%s"%s>
        <span class="initial" aria-hidden="true">%s</span>
        <span class="about"><span class="name">%s</span>%s%s%s%s</span></button></li>
        """
                .formatted(
                        Pages.escape(person.subject()),
                        isActive ? "" : " disabled",
                        Pages.escape(initial(person.name())),
                        Pages.escape(person.name()),
                        line("email", Pages.escape(person.email())),
                        line("groups", groups),
                        line("note", Pages.escape(person.note())),
                        line("note", isActive ? "" : "Switched off"));
    }

    /// @param content escaped already; nothing is shown when it is empty
    private static String line(String style, String content) {
        return content.isEmpty() ? "" : "<span class=\"" + style + "\">" + content + "</span>";
    }

    private static String initial(String name) {
        return name.isEmpty() ? "?" : Character.toString(name.codePointAt(0));
    }
}
