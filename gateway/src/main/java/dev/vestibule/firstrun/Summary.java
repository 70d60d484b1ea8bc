package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.Defaults;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Text;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.setup.SetupPlan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All that was answered, what would become of whoever tried the sign-in, and what remains to be
/// done.
final class Summary {

    private Summary() {}

    static List<Part> of(SetupPlan plan, Optional<VerifiedIdentity> person, Path config) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Paragraph(text("first-run.finish.text")));
        parts.add(fact("home-assistant", plan.homeAssistant().toString()));
        parts.add(fact("address", plan.publicUrl().toString()));
        parts.add(fact("issuer", plan.provider().issuer().toString()));
        parts.add(fact("callback", plan.provider().redirectUri(plan.publicUrl()).toString()));
        parts.addAll(roles(plan.roles()));
        parts.add(fact("file", config.toString()));
        person.ifPresent(tried -> parts.add(fate(plan, tried)));
        parts.addAll(remaining(plan.publicUrl()));
        return parts;
    }

    private static Fact fact(String key, String value) {
        return new Fact(text("first-run.finish." + key), Text.verbatim(value));
    }

    /// Each group by itself: a name with a comma in it would show here as several.
    private static List<Part> roles(RolesConfig roles) {
        List<Part> parts = new ArrayList<>();
        groups("admin", roles.admin()).ifPresent(parts::add);
        groups("user", roles.user()).ifPresent(parts::add);
        parts.add(
                new Fact(
                        text("first-run.roles.otherwise"),
                        roles.otherwise().stream()
                                .findFirst()
                                .map(RolesQuestion::name)
                                .orElseGet(() -> text("first-run.roles.refuse"))));
        return parts;
    }

    private static Optional<Part> groups(String key, Set<String> names) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Fact(
                                text("first-run.roles." + key),
                                Text.verbatim(String.join(" | ", new TreeSet<>(names)))));
    }

    private static Part fate(SetupPlan plan, VerifiedIdentity person) {
        String name = person.displayName();
        return plan.roles()
                .roleOf(person.groups())
                .<Part>map(
                        role ->
                                new Fact(
                                        text("first-run.finish.role", name),
                                        RolesQuestion.name(role)))
                .orElseGet(() -> new Alert(text("first-run.finish.refused", name)));
    }

    /// On this machine alone nothing stands in front.
    private static List<Part> remaining(Origin publicUrl) {
        String port = Integer.toString(Defaults.LISTEN.port());
        return publicUrl.isSecure()
                ? List.of(
                        new Heading(text("first-run.finish.remains")),
                        new Paragraph(text("first-run.finish.proxy", publicUrl.authority(), port)))
                : List.of();
    }
}
