package dev.vestibule.cli;

import dev.vestibule.cli.ControlCommands.AccountLine;
import dev.vestibule.cli.ControlCommands.GrantLine;
import dev.vestibule.cli.DeprovisioningControl.HoldLine;
import dev.vestibule.cli.KioskControl.KioskKeyLine;
import dev.vestibule.cli.ScimClientControl.ScimTokenLine;

import java.util.List;

/// What a running gateway has listed, as tables.
final class Tables {

    private Tables() {}

    static Table accounts(List<AccountLine> lines) {
        Table table =
                new Table(
                        "ID",
                        "USER NAME",
                        "NAME",
                        "STATE",
                        "ROLES",
                        "LAST SEEN",
                        "VOUCHED FOR",
                        "HOME ASSISTANT");
        for (AccountLine line : lines) {
            table.add(
                    line.id(),
                    line.username(),
                    line.displayName(),
                    line.state(),
                    String.join(", ", line.roles()),
                    line.lastSeen(),
                    line.vouchedFor(),
                    String.join(", ", line.homeAssistant()));
        }
        return table;
    }

    static Table grants(List<GrantLine> lines) {
        Table table =
                new Table(
                        "ID",
                        "HOME",
                        "KIND",
                        "ACCOUNT",
                        "NAME",
                        "STATE",
                        "CREATED",
                        "LAST USED",
                        "EXPIRES");
        for (GrantLine line : lines) {
            table.add(
                    line.id(),
                    line.home(),
                    line.kind(),
                    line.account(),
                    line.name(),
                    line.state(),
                    line.created(),
                    line.lastUsed(),
                    line.expires());
        }
        return table;
    }

    static Table kioskKeys(List<KioskKeyLine> lines) {
        Table table =
                new Table("ID", "HOME", "KIOSK", "BROWSER", "APPROVED BY", "CREATED", "LAST USED");
        for (KioskKeyLine line : lines) {
            table.add(
                    line.id(),
                    line.home(),
                    line.kiosk(),
                    line.device(),
                    line.approvedBy(),
                    line.created(),
                    line.lastUsed());
        }
        return table;
    }

    static Table scimClients(List<ScimTokenLine> lines) {
        Table table =
                new Table("NAME", "PROVIDER", "NETWORKS", "CREATED", "TOKEN", "LAST USED", "FROM");
        for (ScimTokenLine line : lines) {
            table.add(
                    line.name(),
                    line.provider(),
                    line.networks(),
                    line.created(),
                    line.token(),
                    line.lastUsed(),
                    line.lastUsedFrom());
        }
        return table;
    }

    static Table holds(List<HoldLine> lines) {
        Table table = new Table("SOURCE", "STATE", "SINCE", "UNTIL", "LEAVING", "WHO STAYS");
        for (HoldLine line : lines) {
            table.add(
                    line.source(),
                    line.state(),
                    line.since(),
                    line.until(),
                    line.leaving(),
                    line.waiting());
        }
        return table;
    }
}
