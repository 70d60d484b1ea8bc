package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.KioskConfig;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LesserButton;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.kiosk.KioskPaths;
import dev.vestibule.kiosk.TabletKeyRemoval;
import dev.vestibule.kiosk.TabletKeyStore;
import dev.vestibule.kiosk.TabletKeyStore.Listed;
import dev.vestibule.visit.Device;
import dev.vestibule.visit.LongList;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `/auth/vestibule/console/kiosks`: the wall tablets that the configuration names, and the keys
/// that were approved for them, with a button that removes one.
final class KiosksPage implements ConsolePage {

    private static final int ROWS = 50;

    private final List<HomeConfig> homes;
    private final AccountStore accounts;
    private final TabletKeyStore keys;
    private final TabletKeyRemoval removal;

    KiosksPage(
            List<HomeConfig> homes,
            AccountStore accounts,
            TabletKeyStore keys,
            TabletKeyRemoval removal) {
        this.homes = List.copyOf(homes);
        this.accounts = accounts;
        this.keys = keys;
        this.removal = removal;
    }

    @Override
    public Response show(Steward steward, Request request) {
        LongList list = LongList.of(LocalAddress.of(ConsolePlace.KIOSKS.path()), request);
        TabletKeyStore.Found found = keys.page(steward.homes(), list.after(), ROWS);
        List<Part> parts =
                List.of(
                        new Quiet(text("console.kiosks.text")),
                        tablets(steward),
                        new Heading(text("console.kiosks.keys")),
                        keys(found.keys()),
                        list.pager(found.next()),
                        new LesserButton(text("console.kiosks.approve"), KioskPaths.APPROVE));
        return ConsolePages.page(
                steward, request, ConsolePlace.KIOSKS, ConsolePlace.KIOSKS.label(), parts);
    }

    private Table tablets(Steward steward) {
        return new Table(
                ConsolePlace.KIOSKS.label(),
                List.of(
                        text("console.kiosks.tablet"),
                        text("console.person.home"),
                        text("console.kiosks.networks"),
                        text("console.people.roles"),
                        text("console.kiosks.needs")),
                homes.stream()
                        .filter(home -> steward.homes().contains(home.name()))
                        .flatMap(
                                home ->
                                        home.signIn().kiosks().stream()
                                                .map(kiosk -> row(home, kiosk)))
                        .toList(),
                text("console.kiosks.empty"));
    }

    private static List<Cell> row(HomeConfig home, KioskConfig kiosk) {
        return List.of(
                Cell.words(Text.verbatim(kiosk.name())),
                Cell.words(Text.verbatim(home.name().value())),
                new Cell.Several(
                        kiosk.trustedNetworks().stream()
                                .<Cell>map(network -> new Cell.Literal(network.toString()))
                                .toList()),
                Cell.words(text("console.role." + kiosk.role().name().toLowerCase(Locale.ROOT))),
                Cell.words(text("console.kiosks.needs." + needs(kiosk))));
    }

    private static String needs(KioskConfig kiosk) {
        String certificate = kiosk.clientCertificates().isEmpty() ? "" : "-and-certificate";
        return (kiosk.deviceKey() == DeviceKey.REQUIRED ? "key" : "network") + certificate;
    }

    private Table keys(List<Listed> keys) {
        AccountNames people = AccountNames.of(accounts, keys.stream().map(Listed::approverId));
        return new Table(
                text("console.kiosks.keys"),
                List.of(
                        text("console.kiosks.tablet"),
                        text("console.person.home"),
                        text("console.column.device"),
                        text("console.kiosks.approved-by"),
                        text("console.kiosks.approved-at"),
                        text("console.column.last-used"),
                        Text.nothing()),
                keys.stream().map(key -> row(key, people)).toList(),
                text("console.kiosks.no-keys"));
    }

    private static List<Cell> row(Listed key, AccountNames people) {
        return List.of(
                Cell.words(Text.verbatim(key.kiosk())),
                Cell.words(Text.verbatim(key.home().value())),
                Cell.words(Text.verbatim(Device.of(key.device()))),
                key.approverId().isEmpty()
                        ? Cell.words(Text.verbatim(key.approvedBy()))
                        : people.cell(key.approverId()),
                new Cell.Moment(key.createdAt()),
                new Cell.Moment(key.lastUsedAt()),
                new Cell.Act(
                        ConsolePlace.KIOSKS.path(),
                        List.of(new Hidden("key", key.id())),
                        text("console.kiosks.remove"),
                        Tone.PLAIN));
    }

    @Override
    public Response change(Steward steward, Request request) {
        Optional<Listed> removed =
                request.form()
                        .single("key")
                        .flatMap(id -> find(steward, id))
                        .flatMap(key -> removal.remove(key.id(), steward.cause()));
        return removed.isPresent()
                ? ConsolePages.goTo(
                        steward, ConsoleNotice.KIOSK_KEY_REMOVED.at(ConsolePlace.KIOSKS.path()))
                : ConsolePages.notFound(steward, ConsolePlace.KIOSKS);
    }

    private Optional<Listed> find(Steward steward, String id) {
        return keys.find(id).filter(key -> steward.homes().contains(key.home()));
    }
}
