package dev.vestibule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The walls of the house. Arrows point down the rows only; the few arrows within a row are listed.
class ArchitectureTest {

    private static final String ROOT = "dev.vestibule";

    /// From the top: the map, the entrances, the abilities, the facts, the ground.
    private static final List<Set<String>> ROWS =
            List.of(
                    Set.of(""),
                    Set.of(
                            "assertion",
                            "cli",
                            "console",
                            "emergency",
                            "firstrun",
                            "gate",
                            "handoff",
                            "kiosk",
                            "local",
                            "login",
                            "management",
                            "passkey",
                            "profile",
                            "scim"),
                    Set.of(
                            "admission",
                            "adoption",
                            "breaker",
                            "client",
                            "directory",
                            "doctor",
                            "explain",
                            "leave",
                            "liveness",
                            "oidc",
                            "owntoken",
                            "provisioning",
                            "proxy",
                            "revocation",
                            "setup",
                            "shell",
                            "socket",
                            "telling",
                            "tls",
                            "visit",
                            "webhook"),
                    Set.of(
                            "account",
                            "grant",
                            "homeassistant",
                            "outbox",
                            "policy",
                            "session",
                            "tenant"),
                    Set.of(
                            "audit",
                            "config",
                            "connection",
                            "file",
                            "foreign",
                            "http",
                            "log",
                            "metric",
                            "network",
                            "resource",
                            "secret",
                            "store"));

    private static final Map<String, Set<String>> WITHIN_ROWS =
            Map.ofEntries(
                    Map.entry(
                            "admission",
                            Set.of(
                                    "directory",
                                    "liveness",
                                    "oidc",
                                    "provisioning",
                                    "revocation",
                                    "visit")),
                    Map.entry("adoption", Set.of("provisioning", "revocation", "webhook")),
                    Map.entry("cli", Set.of("firstrun")),
                    Map.entry("client", Set.of("admission", "oidc")),
                    Map.entry("console", Set.of("kiosk")),
                    Map.entry("directory", Set.of("breaker", "provisioning", "revocation")),
                    Map.entry("doctor", Set.of("oidc")),
                    Map.entry(
                            "explain",
                            Set.of("admission", "directory", "liveness", "provisioning")),
                    Map.entry("setup", Set.of("oidc")),
                    Map.entry("leave", Set.of("provisioning", "revocation", "webhook")),
                    Map.entry("owntoken", Set.of("revocation", "socket")),
                    Map.entry("liveness", Set.of("breaker", "directory", "oidc", "revocation")),
                    Map.entry("revocation", Set.of("provisioning", "webhook")),
                    Map.entry("socket", Set.of("proxy")),
                    Map.entry("telling", Set.of("oidc")),
                    Map.entry("policy", Set.of("session", "grant", "account")),
                    Map.entry("grant", Set.of("account", "session", "outbox")),
                    Map.entry("session", Set.of("account")),
                    Map.entry("http", Set.of("config", "network")),
                    Map.entry("config", Set.of("foreign", "network", "secret")),
                    Map.entry("log", Set.of("config", "foreign")),
                    Map.entry("resource", Set.of("foreign")),
                    Map.entry("secret", Set.of("file")),
                    Map.entry("store", Set.of("log", "metric")),
                    Map.entry(
                            "audit",
                            Set.of(
                                    "foreign", "http", "log", "metric", "network", "store",
                                    "secret")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void arrowsPointDown() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass origin : CLASSES) {
            for (Dependency arrow : origin.getDirectDependenciesFromSelf()) {
                String from = room(origin);
                String to = room(arrow.getTargetClass());
                if (isOurs(arrow.getTargetClass()) && !mayPoint(from, to)) {
                    wrong.add(from + " -> " + to + ": " + arrow.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT);
    }

    private static String room(JavaClass type) {
        String below =
                type.getPackageName()
                        .substring(Math.min(ROOT.length(), type.getPackageName().length()));
        return below.isEmpty() ? "" : below.substring(1).split("\\.", 2)[0];
    }

    private static boolean mayPoint(String from, String to) {
        return from.equals(to)
                || row(from) < row(to)
                || WITHIN_ROWS.getOrDefault(from, Set.of()).contains(to);
    }

    private static int row(String room) {
        for (int i = 0; i < ROWS.size(); i++) {
            if (ROWS.get(i).contains(room)) {
                return i;
            }
        }
        throw new IllegalStateException("the room '" + room + "' is in no row");
    }

    @Test
    void noTwoRoomsWantEachOther() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobodyReadsTheClockByThemselves() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("time is injected as InstantSource")
                .check(CLASSES);
    }

    @Test
    void randomnessComesFromSecrets() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".secret")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(SecureRandom.class)
                .check(CLASSES);
    }

    @Test
    void oneRoomKnowsHowMetricsAreKept() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".metric")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..")
                .check(CLASSES);
    }

    @Test
    void onlyTheConfigurationReadsTheEnvironment() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".config")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .check(CLASSES);
    }

    /// What ends access, by the class that does it. Its own room may call it, and `revocation`.
    private static final Map<String, Set<String>> ENDINGS =
            Map.of(
                    "account.AccountStore",
                    Set.of("suspend", "restore", "remove", "raiseEpoch"),
                    "session.SessionService",
                    Set.of("delete", "deleteAllOf", "deleteSurplusOf", "cut"),
                    "grant.GrantRevocation",
                    Set.of(
                            "end",
                            "endByRefreshToken",
                            "endByTokenIds",
                            "endRunOut",
                            "endExpired",
                            "endAllOfSession",
                            "endAllOf",
                            "takeAllOf",
                            "endUnknown",
                            "cut"),
                    "webhook.WebhookService",
                    Set.of("closeAllOf"),
                    "provisioning.HomeUserStore",
                    Set.of("close"),
                    "outbox.Outbox",
                    Set.of("shutOut", "letIn", "remove"));

    @Test
    void accessEndsInOneRoom() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass origin : CLASSES) {
            for (JavaMethodCall call : origin.getMethodCallsFromSelf()) {
                String owner = call.getTargetOwner().getName().replace(ROOT + ".", "");
                boolean isEnding = ENDINGS.getOrDefault(owner, Set.of()).contains(call.getName());
                if (isEnding
                        && !room(origin).equals("revocation")
                        && !room(origin).equals(room(call.getTargetOwner()))) {
                    wrong.add(call.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyEndingThatIsListedExists() {
        Set<String> missing = new TreeSet<>();
        ENDINGS.forEach(
                (owner, names) -> {
                    Set<String> known =
                            CLASSES.get(ROOT + "." + owner).getMethods().stream()
                                    .map(JavaMethod::getName)
                                    .collect(Collectors.toSet());
                    names.stream()
                            .filter(name -> !known.contains(name))
                            .forEach(name -> missing.add(owner + "." + name));
                });
        assertThat(missing).isEmpty();
    }

    @Test
    void theProductKnowsNoStandIn() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".testhouse..")
                .check(CLASSES);
    }
}
