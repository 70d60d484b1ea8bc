package dev.vestibule.doctor;

import dev.vestibule.config.Origin;
import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Hint;
import dev.vestibule.doctor.Finding.Wrong;
import dev.vestibule.homeassistant.FirstVisit;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.Assets;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Whether an address of a home leads to the gateway, and with what certificate. A Vestibule is
/// known by a file of its pages, whose sum stands in the file's address.
///
/// A machine need not reach its own public address (a router may not send it back in), so what
/// cannot be reached is a hint.
final class PublicUrlCheck implements Check {

    private final InstantSource time;
    private final Origin address;
    private final boolean isServing;

    PublicUrlCheck(InstantSource time, Origin address, boolean isServing) {
        this.time = time;
        this.address = address;
        this.isServing = isServing;
    }

    @Override
    public List<Finding> look() {
        String path = Assets.pathOf(Assets.PASSKEY_SCRIPT);
        return switch (Glance.at(address.resolve(path), List.of())) {
            case Glance.Answered answer -> judge(answer, path);
            case Glance.Distrusted(var reason) ->
                    List.of(
                            new Wrong(
                                    Cause.CERTIFICATE,
                                    address.toString(),
                                    "Its certificate is not accepted here: " + reason + "."));
            case Glance.Unreached(var reason) -> List.of(unreached(reason));
        };
    }

    private Finding unreached(String reason) {
        return hint(
                isServing
                        ? "It cannot be reached from this machine ("
                                + reason
                                + "). That may be your router; try it from a phone."
                        : "Nothing answers there (" + reason + "), and no gateway runs now.");
    }

    private List<Finding> judge(Glance.Answered answer, String path) {
        List<Finding> findings = new ArrayList<>();
        findings.add(leads(answer, path));
        if (!answer.chain().isEmpty()) {
            X509Certificate shown = answer.chain().getFirst();
            findings.addAll(CertificateCheck.ofItsTime(shown, address.toString(), time.instant()));
        }
        return findings;
    }

    private Finding leads(Glance.Answered answer, String path) {
        if (answer.status() == 200 && path.endsWith(answer.bodySum())) {
            return new Fine(address.toString(), "leads to Vestibule");
        }
        if (isHomeAssistant(address, List.of())) {
            return wrong("Home Assistant itself answers there, without the gateway.");
        }
        return switch (answer.status()) {
            case 502, 503, 504 ->
                    isServing
                            ? wrong(
                                    "What stands in front answers with status "
                                            + answer.status()
                                            + ": it does not find the gateway.")
                            : hint("What stands in front answers, and no gateway runs now.");
            case 301, 302, 303, 307, 308, 401, 403 ->
                    hint(
                            "Something in front answers with status "
                                    + answer.status()
                                    + " before the gateway is asked, so it cannot be told.");
            default ->
                    wrong(
                            "Something else answers there, with status "
                                    + answer.status()
                                    + ", or another release of Vestibule.");
        };
    }

    static boolean isHomeAssistant(Origin address, List<Path> caFiles) {
        try (FirstVisit visit = new FirstVisit(address.resolve("/"), caFiles)) {
            return switch (visit.look()) {
                case HOME_ASSISTANT, NOT_ONBOARDED -> true;
                case SOMETHING_ELSE -> false;
            };
        } catch (HomeAssistantUnavailable nobody) {
            return false;
        }
    }

    private Finding hint(String what) {
        return new Hint(Cause.PUBLIC_URL, address.toString(), what);
    }

    private Finding wrong(String what) {
        return new Wrong(Cause.PUBLIC_URL, address.toString(), what);
    }
}
