package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.cli.LeaveControl;
import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.leave.Although;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A house whose operator takes the gateway away, with what they read and hand out. Whoever opened
/// it closes it.
final class LeavingHouse implements AutoCloseable {

    private final TestHouse house;
    private final VisitorBrowser straight = new VisitorBrowser();

    LeavingHouse(TestHouse house) {
        this.house = house;
    }

    LeaveControl operator() {
        return new OperatorLeaving(house.gateway());
    }

    LeaveReport leave() {
        return operator().leave("", Although.NOTHING);
    }

    LeaveReport leaveDone() {
        LeaveReport report = leave();
        assertThat(report.isDone()).as(text(report)).isTrue();
        return report;
    }

    /// Everything that a report says.
    static String text(LeaveReport report) {
        return report.sections().stream()
                .map(section -> section.heading() + "\n" + String.join("\n", section.lines()))
                .collect(Collectors.joining("\n"));
    }

    /// The files with new logins, the first one first.
    List<Path> files() {
        try (Stream<Path> all = Files.list(house.config().dataDirectory())) {
            return all.filter(file -> file.getFileName().toString().startsWith("new-logins-"))
                    .sorted()
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Puts a directory where the draft of the present leaving's file would be, so that not even
    /// root can write it.
    ///
    /// @return removes it again
    Runnable obstructFile() {
        Path file = house.config().dataDirectory().resolve("new-logins-home-" + since() + ".txt");
        try {
            Path draft = Files.createDirectory(file.resolveSibling(file.getFileName() + ".new"));
            Path inside = Files.createFile(draft.resolve("something"));
            return () -> List.of(inside, draft).forEach(LeavingHouse::delete);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private long since() {
        HomeState state = state();
        assertThat(state).isInstanceOf(HomeState.Leaving.class);
        return ((HomeState.Leaving) state).since().toEpochMilli();
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// What the operator hands out: passwords by user name.
    Map<String, String> handedOut() {
        try {
            return Files.readAllLines(files().getLast()).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1]));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    String password(String username) {
        return Objects.requireNonNull(handedOut().get(username), username);
    }

    ScriptedHomeAssistant homeAssistant() {
        return house.homeAssistant();
    }

    HomeUser user(String name) {
        return homeAssistant().userNamed(name).orElseThrow();
    }

    /// The administrator by whose token the gateway works.
    HomeUser owner() {
        return homeAssistant().users().stream().filter(HomeUser::isOwner).findFirst().orElseThrow();
    }

    /// Home Assistant's id of the gateway's own token.
    String ownToken() {
        return homeAssistant().refreshTokenIds(owner().id()).getFirst();
    }

    /// Somebody whom the gateway does not know, with a login of her own.
    HomeUser addCarol(String group) {
        return homeAssistant().addUser("Carol", "carol", "a password", group);
    }

    /// Whether the gateway is connected to Home Assistant.
    boolean isConnected() {
        return house.gateway().homes().getFirst().homeAssistant().status()
                instanceof HomeAssistantStatus.Connected;
    }

    /// Whether Home Assistant was told everything.
    boolean isTold() {
        return house.gateway().facts().outbox().list().isEmpty();
    }

    HomeState state() {
        return house.gateway().homes().getFirst().leaving().state();
    }

    /// Signs in as Home Assistant's own page does, without any gateway: what the flow ends with.
    JsonNode signInAtHomeAssistant(String username, String password) {
        JsonNode begun =
                post(
                        "/auth/login_flow",
                        """
                        {"client_id": "%s/", "handler": ["homeassistant", null],
                         "redirect_uri": "%s/", "type": "authorize"}
                        """
                                .formatted(homeAssistant().url(), homeAssistant().url()));
        return post(
                "/auth/login_flow/" + begun.path("flow_id").asText(),
                """
                {"client_id": "%s/", "username": "%s", "password": "%s"}
                """
                        .formatted(homeAssistant().url(), username, password));
    }

    private JsonNode post(String path, String json) {
        return GatewayHouse.json(straight.postJson(at(path), json));
    }

    private URI at(String path) {
        return homeAssistant().url().resolve(path);
    }

    /// As [#signInAtHomeAssistant], with the tokens of the sign-in; they are the user's, and no
    /// user came to be by it.
    void expectIn(HomeUser user, String username, String password) {
        int users = homeAssistant().users().size();
        int tokens = homeAssistant().refreshTokenIds(user.id()).size();
        JsonNode flow = signInAtHomeAssistant(username, password);
        assertThat(flow.path("type").asText()).as(flow.toString()).isEqualTo("create_entry");
        Answer redeemed =
                straight.postForm(
                        at("/auth/token"),
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                flow.path("result").asText(),
                                "client_id",
                                homeAssistant().url() + "/"));
        assertThat(redeemed.status()).as(redeemed.body()).isEqualTo(200);
        assertThat(homeAssistant().refreshTokenIds(user.id())).hasSize(tokens + 1);
        assertThat(homeAssistant().users()).hasSize(users);
    }

    /// Whether Home Assistant itself still takes a refresh token.
    int refreshAtHomeAssistant(String refreshToken, String clientId) {
        return straight.postForm(
                        at("/auth/token"),
                        Map.of(
                                "grant_type", "refresh_token",
                                "refresh_token", refreshToken,
                                "client_id", clientId))
                .status();
    }

    int apiAtHomeAssistant(String accessToken) {
        return straight.get(at("/api/config"), "Authorization", "Bearer " + accessToken).status();
    }

    /// That nobody has a hidden credential, and no token but these lives.
    ///
    /// @param tokenIds Home Assistant's ids of tokens
    void expectNothingOfOurs(String... tokenIds) {
        assertThat(homeAssistant().users())
                .flatExtracting(HomeUser::usernames)
                .noneMatch(name -> name.startsWith("vst-"));
        assertThat(homeAssistant().users())
                .flatExtracting(user -> homeAssistant().refreshTokenIds(user.id()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(tokenIds));
    }

    @Override
    public void close() {
        straight.close();
        house.close();
    }
}
