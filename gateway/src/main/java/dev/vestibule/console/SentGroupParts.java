package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Role;
import dev.vestibule.directory.GroupSearch;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Text;
import dev.vestibule.tenant.TenantId;
import dev.vestibule.tenant.TenantSummary;
import dev.vestibule.visit.LongList;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The groups that identity systems have sent, and what each gives.
final class SentGroupParts {

    private static final int ROWS = 50;

    private final List<HomeConfig> homes;
    private final GroupSearch search;
    private final IdentitySystems systems;

    SentGroupParts(List<HomeConfig> homes, GroupSearch search, IdentitySystems systems) {
        this.homes = List.copyOf(homes);
        this.search = search;
        this.systems = systems;
    }

    /// Nothing where no identity system is known.
    List<Part> of(LongList list) {
        Map<TenantId, String> names =
                systems.tenants().list().stream()
                        .map(TenantSummary::tenant)
                        .collect(Collectors.toMap(client -> client.id(), client -> client.name()));
        if (names.isEmpty()) {
            return List.of();
        }
        GroupSearch.Found found = search.find(list.after(), ROWS);
        return List.of(
                new Heading(text("console.groups.sent")),
                new Table(
                        text("console.groups.sent"),
                        List.of(
                                text("console.people.name"),
                                text("console.groups.system"),
                                text("console.groups.direct-members"),
                                text("console.groups.gives")),
                        found.groups().stream().map(group -> row(group, names)).toList(),
                        text("console.groups.none-sent")),
                list.pager(found.next()));
    }

    private List<Cell> row(GroupSearch.Line group, Map<TenantId, String> names) {
        return List.of(
                Cell.words(Text.verbatim(group.name())),
                Cell.words(Text.verbatim(names.getOrDefault(group.tenant(), ""))),
                Cell.words(Text.verbatim(Integer.toString(group.members()))),
                gives(group.name()));
    }

    private Cell gives(String group) {
        List<Cell> roles = new ArrayList<>();
        for (HomeConfig home : homes) {
            for (Role role : Role.values()) {
                if (home.roles().line(role).contains(group)) {
                    roles.add(
                            Cell.words(
                                    text(
                                            "console.role-at",
                                            RoleWords.of(role),
                                            home.name().value())));
                }
            }
        }
        return roles.isEmpty()
                ? Cell.words(text("console.groups.gives-nothing"))
                : new Cell.Several(roles);
    }
}
