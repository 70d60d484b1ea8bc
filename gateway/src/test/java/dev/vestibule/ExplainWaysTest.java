package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.BreakGlassConfig;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SuspendResult;
import dev.vestibule.scim.ScimClient;
import dev.vestibule.session.SignInWay;
import dev.vestibule.store.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What explain says about a person's ways in is what becomes of whoever tries them: in every state
/// that a person can be in, explain is asked, and then somebody walks up to the door.
class ExplainWaysTest {

    private static final LivenessConfig ASKING =
            new LivenessConfig(
                    true,
                    Duration.ofMillis(200),
                    Duration.ofDays(7),
                    DisablementProof.WHEN_SAID,
                    true);
    private static final Cause OPERATOR = new Cause("console", EndReason.BY_OPERATOR, "console");

    private TestHouse house = new TestHouse(Plan.USUAL.changed(EveryWayIn.areOn()));
    private EveryWayIn ways = new EveryWayIn(house);
    private Runnable ending = house::close;

    @AfterEach
    void close() {
        ways.close();
        ending.run();
    }

    private void atAHouse(LivenessConfig liveness, ScimConfig scim) {
        close();
        house = new TestHouse(Plan.USUAL.changed(EveryWayIn.areOn()), liveness, scim);
        ways = new EveryWayIn(house);
        ending = house::close;
    }

    private void atAHouse(UnaryOperator<GatewayConfig> change) {
        close();
        house = new TestHouse(Plan.USUAL.changed(change));
        ways = new EveryWayIn(house);
        ending = house::close;
    }

    private Database database() {
        return house.gateway().facts().adoption().database();
    }

    private String told(String account, String way) {
        return Optional.ofNullable(ways.told(account).get(way))
                .orElseThrow(() -> new AssertionError(way + ": " + ways.told(account)));
    }

    /// Says what was told.
    private String agrees(String account, String way, BooleanSupplier attempt) {
        String told = told(account, way);
        assertThat(attempt.getAsBoolean()).as(way + ": " + told).isEqualTo(told.startsWith("yes"));
        return told;
    }

    /// Where others tell the groups, that decides as well. Explain is asked before each attempt:
    /// who is refused for want of a role has less than before.
    private String agreesByGroups(String account, String way, Predicate<String> attempt) {
        String before = told(account, way);
        assertThat(attempt.test("others"))
                .as(way + " in no group that counts: " + before)
                .isEqualTo(before.startsWith("yes") && !before.startsWith("yes, where"));
        String after = told(account, way);
        assertThat(attempt.test("family"))
                .as(way + ": " + after)
                .isEqualTo(after.startsWith("yes"));
        return before;
    }

    /// The provider comes last: what it says changes what is so.
    private Map<String, String> allAgree(String account) {
        return Map.of(
                "passkey", agrees(account, "passkey", ways::byPasskey),
                "password", agrees(account, "password", ways::byPassword),
                "trusted headers", agreesByGroups(account, "trusted headers", ways::byProxy),
                "provider op", agreesByGroups(account, "provider op", ways::byProvider));
    }

    @Test
    void ofSomebodyWhoMayComeIn() {
        ways.furnish();
        var before = house.contentsAtRest();
        assertThat(ways.told(EveryWayIn.BEN))
                .containsEntry("passkey", "yes, as user")
                .containsEntry("linking", "no: they have a user of before already");
        assertThat(house.contentsAtRest()).isEqualTo(before);

        Map<String, String> told = allAgree(EveryWayIn.BEN);

        assertThat(told.get("password"))
                .isEqualTo("yes, as user, with a password that Home Assistant knows");
        assertThat(told.get("provider op")).startsWith("yes, where the groups");
        assertThat(told.get("trusted headers")).startsWith("yes, where the groups");
    }

    @Test
    void ofSomebodySuspendedByTheOperator() {
        ways.furnish();
        house.suspend(EveryWayIn.BEN);

        Map<String, String> told = allAgree(EveryWayIn.BEN);

        assertThat(told.get("provider op")).isEqualTo("no: the person is suspended");
        assertThat(told.get("passkey")).isEqualTo("no: the person is suspended");
        assertThat(told(EveryWayIn.BEN, "linking")).startsWith("no: ");
    }

    /// A sign-in there takes it back, which no other way does.
    @Test
    void ofSomebodySuspendedByTheProvider() {
        ways.furnish();
        assertThat(
                        house.gateway()
                                .facts()
                                .lifecycle()
                                .suspend(
                                        house.account(EveryWayIn.BEN).id(),
                                        SuspendedBy.PROVIDER,
                                        OPERATOR))
                .isInstanceOf(SuspendResult.Suspended.class);

        Map<String, String> told = allAgree(EveryWayIn.BEN);

        assertThat(told.get("provider op")).startsWith("yes, where the groups");
        assertThat(told.get("trusted headers")).isEqualTo("no: the person is suspended");
        assertThat(told.get("passkey")).isEqualTo("no: the person is suspended");
    }

    @Test
    void ofSomebodyRemoved() {
        ways.furnish();
        String id = house.account(EveryWayIn.BEN).id().value();
        house.remove(EveryWayIn.BEN);

        assertThat(agrees(id, "passkey", ways::byPasskey)).isEqualTo("no: the person has none");
        assertThat(agrees(id, "password", ways::byPassword)).startsWith("no: ");
        assertThat(told(id, "linking")).startsWith("no: ");
        assertThat(told(id, "provider op"))
                .isEqualTo("not yet: nobody signed in there as this person");
        assertThat(ways.byProvider("family")).isTrue();
        assertThat(house.account(EveryWayIn.BEN).id().value()).isNotEqualTo(id);
    }

    @Test
    void ofSomebodyWhoLostTheirRole() {
        ways.furnish();
        assertThat(ways.byProvider("others")).isFalse();

        Map<String, String> told = allAgree(EveryWayIn.BEN);

        assertThat(told.get("passkey")).isEqualTo("no: no role there");
    }

    @Test
    void ofSomebodyForWhomTheProviderVouchesNoLonger() {
        atAHouse(ASKING, ScimConfig.DEFAULTS);
        ways.furnish();
        house.provider().signOut(EveryWayIn.BEN);
        Eventually.await(() -> house.isAudited("ProofEnded"));
        database().change(tx -> tx.execute("UPDATE liveness_proof SET proven_at = 0"));
        Account ben = house.account(EveryWayIn.BEN);
        Eventually.await(
                () ->
                        database()
                                .read(
                                        handle ->
                                                house.gateway()
                                                        .facts()
                                                        .proofs()
                                                        .isLapsed(handle, ben.id())));

        Map<String, String> told = allAgree(EveryWayIn.BEN);

        assertThat(told.get("passkey")).contains("no provider vouches");
        assertThat(told.get("password")).contains("no provider vouches");
        assertThat(told.get("provider op")).startsWith("yes, where the groups");
    }

    @Test
    void ofSomebodySwitchedOffInHomeAssistant() {
        ways.furnish();
        house.homeAssistant().setActive(ways.userId(), false);
        Eventually.await(() -> !told(EveryWayIn.BEN, "passkey").startsWith("yes"));
        assertThat(told(EveryWayIn.BEN, "provider op"))
                .isEqualTo("no: somebody switched their user off in Home Assistant");

        Map<String, String> told = allAgree(EveryWayIn.BEN);

        assertThat(told.get("passkey"))
                .isEqualTo("no: somebody switched their user off in Home Assistant");
    }

    /// The role that they had counts until the identity system tells the groups.
    @Test
    void ofSomebodyWhoseGroupsAnIdentitySystemHasStillToSend() {
        atAHouse(
                LivenessConfig.DEFAULTS,
                new ScimConfig(
                        ScimConfig.Match.USER_NAME,
                        "preferred_username",
                        ScimConfig.RolesFrom.SCIM,
                        ScimConfig.People.ANYBODY));
        ways.furnish();
        ScimHouse scim = new ScimHouse(house);
        ending = scim::close;
        ScimClient client = scim.client("directory");
        assertThat(house.gateway().commands().scimClients().give("directory", EveryWayIn.BEN))
                .isInstanceOf(ControlOutcome.Done.class);
        String user = client.createUser(EveryWayIn.BEN);

        assertThat(allAgree(EveryWayIn.BEN).get("provider op")).isEqualTo("yes, as user");

        String group = client.createGroup("family", user);
        assertThat(allAgree(EveryWayIn.BEN).get("provider op")).isEqualTo("yes, as user");

        client.delete("/Groups/" + group).expect(204);
        assertThat(allAgree(EveryWayIn.BEN).get("provider op")).isEqualTo("no: no role there");
    }

    @Test
    void ofSomebodyWhoseLesserRoleWaitsForHomeAssistant() {
        ways.furnish();
        house.homeAssistant().faults().failCommand("config/auth/update", "unknown_error");

        Eventually.holds(this::waitsAfterALesserRole, () -> told(EveryWayIn.BEN, "passkey"));

        allAgree(EveryWayIn.BEN);
    }

    /// Not where Home Assistant is told just then, which never knew of the greater one.
    private boolean waitsAfterALesserRole() {
        assertThat(ways.byProvider("admins")).isTrue();
        assertThat(ways.byProvider("family")).isTrue();
        return told(EveryWayIn.BEN, "passkey")
                .equals("yes, as user (it waits until Home Assistant agrees)");
    }

    @Test
    void ofSomebodyWhileHomeAssistantIsAway() {
        ways.furnish();
        house.homeAssistant().stop();
        Eventually.await(() -> told(EveryWayIn.BEN, "password").startsWith("no: Home Assistant"));

        assertThat(agrees(EveryWayIn.BEN, "password", ways::byPassword))
                .startsWith("no: Home Assistant does not answer");
        assertThat(agrees(EveryWayIn.BEN, "passkey", ways::byPasskey)).startsWith("yes, as user");
    }

    @Test
    void ofSomebodyWhoseHomeTheGatewayLeaves() {
        ways.furnish();
        LeavingHouse leaving = new LeavingHouse(house);
        ending = leaving::close;
        leaving.leaveDone();

        assertThat(ways.told(EveryWayIn.BEN))
                .containsExactly(Map.entry("none", "the gateway is being taken away from there"));
        assertThat(ways.byProvider("family")).isFalse();
        assertThat(ways.byProxy("family")).isFalse();
        assertThat(ways.byTablet()).isFalse();
    }

    @Test
    void ofSomebodyWhoCouldKeepAUserOfBefore() {
        house.homeAssistant().addUser("Vic", "vic-at-home", "battery staple", "system-users");
        assertThat(ways.byProvider("family")).isTrue();
        assertThat(told(EveryWayIn.BEN, "password")).startsWith("no: ");

        assertThat(
                        agrees(
                                EveryWayIn.BEN,
                                "linking",
                                () ->
                                        ways.byLinking(
                                                EveryWayIn.BEN, "vic-at-home", "battery staple")))
                .isEqualTo("yes, once they are in");
        assertThat(
                        agrees(
                                EveryWayIn.BEN,
                                "linking",
                                () ->
                                        ways.byLinking(
                                                EveryWayIn.BEN, "ben-at-home", "correct horse")))
                .isEqualTo("no: they have a user of before already");
        assertThat(told(EveryWayIn.BEN, "password")).startsWith("yes, as user");
    }

    @Test
    void ofAWallTablet() {
        assertThat(ways.byTablet()).isTrue();

        assertThat(ways.told(EveryWayIn.TABLET).keySet()).containsExactly("wall tablet");
        assertThat(agrees(EveryWayIn.TABLET, "wall tablet", ways::byTablet))
                .isEqualTo("yes, as user, from its network");

        house.suspend(EveryWayIn.TABLET);
        assertThat(agrees(EveryWayIn.TABLET, "wall tablet", ways::byTablet))
                .isEqualTo("no: the person is suspended");

        house.restore(EveryWayIn.TABLET);
        assertThat(agrees(EveryWayIn.TABLET, "wall tablet", ways::byTablet)).startsWith("yes");

        String id = house.account(EveryWayIn.TABLET).id().value();
        house.remove(EveryWayIn.TABLET);
        assertThat(told(id, "wall tablet")).startsWith("no: this account was removed");
        assertThat(ways.byTablet()).isTrue();
        assertThat(house.account(EveryWayIn.TABLET).id().value()).isNotEqualTo(id);
    }

    @Test
    void ofTheEmergencyAdministrator() {
        assertThat(ways.byBreakGlass()).isTrue();

        assertThat(ways.told("break-glass").keySet()).containsExactly("break-glass");
        assertThat(agrees("break-glass", "break-glass", ways::byBreakGlass))
                .isEqualTo(
                        "yes, as admin, with a code of vestibule break-glass and from a network"
                                + " that is listed as lan (or with one of --anywhere)");

        house.suspend("break-glass");
        assertThat(agrees("break-glass", "break-glass", ways::byBreakGlass))
                .isEqualTo("no: the person is suspended");

        String id = house.account("break-glass").id().value();
        house.remove("break-glass");
        assertThat(told(id, "break-glass")).startsWith("no: this account was removed");
        assertThat(ways.byBreakGlass()).isTrue();
        assertThat(house.account("break-glass").id().value()).isNotEqualTo(id);
    }

    @Test
    void ofTheEmergencyAdministratorWhereEveryCodeIsGoodFromAnywhere() {
        atAHouse(SignInChange.of(ExplainWaysTest::withCodesForAnywhere));
        assertThat(ways.byBreakGlass()).isTrue();

        assertThat(agrees("break-glass", "break-glass", ways::byBreakGlass))
                .isEqualTo("yes, as admin, with a code of vestibule break-glass");
    }

    private static SignInConfig withCodesForAnywhere(SignInConfig usual) {
        return new SignInConfig(
                usual.localLogin(),
                usual.linking(),
                usual.passkeys(),
                usual.apps(),
                new BreakGlassConfig("Emergency administrator", Duration.ofMinutes(15), true),
                usual.kiosks());
    }

    /// Nobody would have a way to be shown, nor be told of one, of which no test knows.
    @Test
    void everyWayIsTold() {
        ways.furnish();

        assertThat(ways.told(EveryWayIn.BEN).keySet())
                .containsExactlyInAnyOrder(
                        "provider op", "trusted headers", "passkey", "password", "linking");
        assertThat(SignInWay.values()).hasSize(6);
    }
}
