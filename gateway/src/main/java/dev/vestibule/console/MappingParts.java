package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.AccountCounts;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which groups give which role, home by home, and how many people have it.
final class MappingParts {

    private final List<HomeConfig> homes;
    private final AccountCounts counts;

    MappingParts(List<HomeConfig> homes, AccountCounts counts) {
        this.homes = List.copyOf(homes);
        this.counts = counts;
    }

    List<Part> of(Steward steward) {
        List<Part> parts = new ArrayList<>();
        homes.stream()
                .filter(home -> steward.homes().contains(home.name()))
                .forEach(
                        home -> {
                            Text name = Text.verbatim(home.name().value());
                            parts.add(new Heading(name));
                            parts.add(table(home, name));
                        });
        return parts;
    }

    private Table table(HomeConfig home, Text name) {
        Map<Role, Integer> people = counts.rolesAt(home.name());
        List<List<Cell>> rows = new ArrayList<>();
        for (Role role : Role.values()) {
            rows.add(
                    List.of(
                            Cell.words(RoleWords.of(role)),
                            groups(home.roles().line(role)),
                            Cell.words(
                                    Text.verbatim(
                                            Integer.toString(people.getOrDefault(role, 0))))));
        }
        rows.add(
                List.of(
                        otherwise(home.roles()),
                        Cell.words(text("console.groups.others")),
                        Cell.nothing()));
        return new Table(
                name,
                List.of(
                        text("console.groups.role"),
                        text("console.groups.members"),
                        text("console.groups.people")),
                rows,
                Text.nothing());
    }

    private static Cell groups(Set<String> groups) {
        return groups.isEmpty()
                ? Cell.words(text("console.groups.no-group"))
                : new Cell.Several(groups.stream().sorted().<Cell>map(Cell.Literal::new).toList());
    }

    private static Cell otherwise(RolesConfig roles) {
        return roles.otherwise().stream()
                .findFirst()
                .map(role -> Cell.words(RoleWords.of(role)))
                .orElseGet(() -> new Cell.Badge(text("console.groups.refused"), Tone.WARNING));
    }
}
