package dev.vestibule;

import static dev.vestibule.Belongings.Thing.APP_GRANT;
import static dev.vestibule.Belongings.Thing.BROWSER_SOCKET;
import static dev.vestibule.Belongings.Thing.CAMERA_STREAM;
import static dev.vestibule.Belongings.Thing.EVENT_STREAM;
import static dev.vestibule.Belongings.Thing.LONG_LIVED_TOKEN;
import static dev.vestibule.Belongings.Thing.SIGNED_PATH;
import static dev.vestibule.Belongings.Thing.WEBHOOK;
import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Belongings.Thing;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.grant.GrantKind;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.revocation.Cause;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// Every way in which access ends, against everything that a person can have: what dies, and what
/// lives on.
class EndingsTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private static final LivenessConfig ASKING_OFTEN =
            new LivenessConfig(
                    true,
                    Duration.ofMillis(200),
                    Duration.ofDays(7),
                    DisablementProof.WHEN_SAID,
                    true);

    private final ScimHouse scim = new ScimHouse(new TestHouse(ASKING_OFTEN));
    private final TestHouse house = scim.house();
    private final VisitorBrowser other = new VisitorBrowser();
    private final Belongings ada;

    EndingsTest() {
        // Somebody else runs the house, so that Ada may go.
        house.provider().setGroups("ben", List.of("admins"));
        house.signIn(other, "ben");
        this.ada = new Belongings(house);
    }

    @AfterEach
    void close() {
        ada.close();
        other.close();
        scim.close();
    }

    private static final Set<Thing> ALL = EnumSet.allOf(Thing.class);

    /// What came from the browser's session.
    private static final Set<Thing> OF_THE_BROWSER =
            EnumSet.of(BROWSER_SOCKET, SIGNED_PATH, CAMERA_STREAM, EVENT_STREAM);

    /// What happens, and what ends by it.
    enum Trigger {
        SUSPENDED_BY_THE_OPERATOR {
            @Override
            void pull(EndingsTest test) {
                test.facts()
                        .lifecycle()
                        .suspend(test.ada.account().id(), SuspendedBy.OPERATOR, CAUSE);
            }
        },
        REMOVED {
            @Override
            void pull(EndingsTest test) {
                test.facts().lifecycle().remove(test.ada.account().id(), CAUSE);
            }
        },
        DISABLED_AT_THE_PROVIDER {
            @Override
            void pull(EndingsTest test) {
                test.house.provider().disableInWords(Belongings.NAME);
            }
        },
        NO_ROLE_AT_THE_PROVIDER_ANY_MORE {
            @Override
            void pull(EndingsTest test) {
                test.house.provider().setGroups(Belongings.NAME, List.of("others"));
            }
        },
        SWITCHED_OFF_IN_HOME_ASSISTANT {
            @Override
            void pull(EndingsTest test) {
                test.house.homeAssistant().setActive(test.ada.user().id(), false);
            }
        },
        DELETED_IN_HOME_ASSISTANT {
            @Override
            void pull(EndingsTest test) {
                test.house.homeAssistant().deleteUser(test.ada.user().id());
            }
        },
        NO_ROLE_AT_THE_NEXT_SIGN_IN {
            @Override
            void pull(EndingsTest test) {
                test.house.provider().setGroups(Belongings.NAME, List.of("others"));
                test.signInElsewhere();
            }
        },
        SIGNED_OUT_EVERYWHERE {
            @Override
            void pull(EndingsTest test) {
                test.facts().lifecycle().signOutEverywhere(test.ada.account().id(), CAUSE);
            }
        },
        SIGNED_OUT_IN_THE_FRONT_END {
            @Override
            void pull(EndingsTest test) {
                test.ada
                        .browser()
                        .postForm(
                                test.house.at("/auth/revoke"),
                                Map.of("token", test.ada.signedIn().refreshToken()));
            }
        },
        SESSION_ENDED_AT_THE_PROVIDER {
            @Override
            void pull(EndingsTest test) {
                String sid = test.house.provider().sessionIds(Belongings.NAME).getLast();
                test.backChannelLogout(null, sid);
            }
        },
        PERSON_SIGNED_OUT_AT_THE_PROVIDER {
            @Override
            void pull(EndingsTest test) {
                test.backChannelLogout(Belongings.NAME, null);
            }
        },
        DEMOTED_AT_THE_NEXT_SIGN_IN {
            @Override
            void pull(EndingsTest test) {
                test.house.provider().setGroups(Belongings.NAME, List.of("family"));
                test.signInElsewhere();
            }
        },
        APP_ENDED_BY_THE_OPERATOR {
            @Override
            void pull(EndingsTest test) {
                test.endGrant(GrantKind.ADOPTED);
            }
        },
        LONG_LIVED_TOKEN_ENDED_BY_THE_OPERATOR {
            @Override
            void pull(EndingsTest test) {
                test.endGrant(GrantKind.LONG_LIVED);
            }
        },
        SWITCHED_OFF_OVER_SCIM {
            @Override
            void pull(EndingsTest test) {
                test.sent().switchOff();
            }
        },
        DELETED_OVER_SCIM {
            @Override
            void pull(EndingsTest test) {
                test.sent().delete();
            }
        },
        REMOVED_FROM_THE_LAST_GROUP_OVER_SCIM {
            @Override
            void pull(EndingsTest test) {
                SentPerson sent = test.sent();
                sent.removeFrom("family");
                test.expectAllWell();
                sent.removeFrom("admins");
            }
        },
        DEMOTED_BY_A_GROUP_OVER_SCIM {
            @Override
            void pull(EndingsTest test) {
                test.sent().removeFrom("admins");
            }
        };

        abstract void pull(EndingsTest test);

        Set<Thing> ends() {
            return switch (this) {
                case SUSPENDED_BY_THE_OPERATOR,
                        REMOVED,
                        DISABLED_AT_THE_PROVIDER,
                        NO_ROLE_AT_THE_PROVIDER_ANY_MORE,
                        SWITCHED_OFF_IN_HOME_ASSISTANT,
                        DELETED_IN_HOME_ASSISTANT,
                        NO_ROLE_AT_THE_NEXT_SIGN_IN,
                        SWITCHED_OFF_OVER_SCIM,
                        DELETED_OVER_SCIM,
                        REMOVED_FROM_THE_LAST_GROUP_OVER_SCIM ->
                        ALL;
                case SIGNED_OUT_EVERYWHERE -> EnumSet.complementOf(EnumSet.of(WEBHOOK));
                case SIGNED_OUT_IN_THE_FRONT_END,
                        SESSION_ENDED_AT_THE_PROVIDER,
                        PERSON_SIGNED_OUT_AT_THE_PROVIDER ->
                        OF_THE_BROWSER;
                case DEMOTED_AT_THE_NEXT_SIGN_IN, DEMOTED_BY_A_GROUP_OVER_SCIM ->
                        EnumSet.of(BROWSER_SOCKET, CAMERA_STREAM, EVENT_STREAM);
                case APP_ENDED_BY_THE_OPERATOR -> EnumSet.of(APP_GRANT);
                case LONG_LIVED_TOKEN_ENDED_BY_THE_OPERATOR -> EnumSet.of(LONG_LIVED_TOKEN);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Trigger.class)
    void endsWhatItMustAndNothingElse(Trigger trigger) {
        long begun = System.nanoTime();
        Map<Thing, CompletableFuture<Long>> deaths = watch(trigger.ends());

        trigger.pull(this);

        print(trigger.name(), begun, deaths);
        // Of a user who is switched off there nobody can end the tokens that sleep.
        await(() -> facts().outbox().list().stream().allMatch(OutboxEntry::isUnconverged));
        for (Thing thing : EnumSet.complementOf(EnumSet.copyOf(trigger.ends()))) {
            await(() -> isWell(thing));
        }
        for (Thing thing : trigger.ends()) {
            assertThat(ada.isAlive(thing)).as(thing + " afterwards").isFalse();
        }
    }

    /// Ada, now that an identity system has sent her, which by itself ends nothing.
    private SentPerson sent() {
        SentPerson sent = new SentPerson(scim, Belongings.NAME);
        expectAllWell();
        return sent;
    }

    private void expectAllWell() {
        for (Thing thing : Thing.values()) {
            assertThat(isWell(thing)).as(thing + " before").isTrue();
        }
    }

    private boolean isWell(Thing thing) {
        return ada.isAlive(thing);
    }

    @Test
    void everythingDiesAlsoWhileHomeAssistantIsAwayAndItAgreesOnceItIsBack() {
        house.homeAssistant().stop();
        long begun = System.nanoTime();
        Map<Thing, CompletableFuture<Long>> deaths = watch(ALL);

        Trigger.SUSPENDED_BY_THE_OPERATOR.pull(this);

        print("SUSPENDED_WHILE_HOME_ASSISTANT_IS_AWAY", begun, deaths);
        house.homeAssistant().startAgain();
        await(() -> facts().outbox().list().isEmpty());
        assertThat(ada.user().isActive()).isFalse();
        assertThat(house.homeAssistant().refreshTokenIds(ada.user().id())).isEmpty();
        for (Thing thing : Thing.values()) {
            assertThat(ada.isAlive(thing)).as(thing + " afterwards").isFalse();
        }
    }

    /// When each of the things was seen dead, in nanoseconds of the clock that never jumps.
    private Map<Thing, CompletableFuture<Long>> watch(Set<Thing> things) {
        Map<Thing, CompletableFuture<Long>> deaths = new EnumMap<>(Thing.class);
        for (Thing thing : things) {
            CompletableFuture<Long> death = new CompletableFuture<>();
            deaths.put(thing, death);
            Thread.ofVirtual().start(() -> watch(thing, death));
        }
        return deaths;
    }

    private void watch(Thing thing, CompletableFuture<Long> death) {
        try {
            await(() -> !ada.isAlive(thing));
            death.complete(System.nanoTime());
        } catch (RuntimeException | AssertionError alive) {
            death.completeExceptionally(alive);
        }
    }

    private static void print(
            String trigger, long begun, Map<Thing, CompletableFuture<Long>> deaths) {
        String each =
                deaths.entrySet().stream()
                        .map(death -> death.getKey() + " " + millis(begun, death.getValue().join()))
                        .collect(Collectors.joining(", "));
        System.out.println(trigger + ": " + each);
    }

    private static String millis(long begun, long ended) {
        return Duration.ofNanos(ended - begun).toMillis() + " ms";
    }

    private GatewayFacts facts() {
        return house.gateway().facts();
    }

    private void signInElsewhere() {
        try (VisitorBrowser elsewhere = new VisitorBrowser()) {
            house.provider().signInAutomaticallyAs(Belongings.NAME);
            elsewhere.walk(house.authorizeAddress(), house.landing());
        }
    }

    private void backChannelLogout(@Nullable String subject, @Nullable String sid) {
        assertThat(
                        house.provider()
                                .backChannelLogout(
                                        "vestibule",
                                        house.at("/auth/vestibule/back-channel-logout/op"),
                                        subject,
                                        sid))
                .isEqualTo(200);
    }

    private void endGrant(GrantKind kind) {
        GrantSummary grant =
                facts().grants().list().stream()
                        .filter(found -> found.kind() == kind)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new AssertionError(
                                                "no grant of this kind: "
                                                        + Arrays.asList(GrantKind.values())));
        assertThat(facts().sessionLifecycle().endGrant(grant.id(), CAUSE)).isTrue();
    }
}
