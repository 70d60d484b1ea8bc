package dev.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vestibule.TestFacts;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.Entitlement;
import dev.vestibule.config.Role;
import dev.vestibule.directory.RestlessSystem.Wish;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.tenant.Tenant;

import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whatever two identity systems say, in whatever order and however often: what holds is the last
/// word about each user and group, nobody is in for whom it does not speak, and neither system
/// notices the other.
class ConvergenceTest {

    private static final List<String> USERS = List.of("ada", "ben", "cleo", "dan");
    private static final List<String> GROUPS = List.of("admins", "family", "guests", "inner");
    private static final Map<String, Role> ROLES =
            Map.of("admins", Role.ADMIN, "family", Role.USER, "guests", Role.VIEWER);
    private static final int WORDS_BEFORE = 25;

    @Property(
            tries = 15,
            shrinking = ShrinkingMode.OFF,
            afterFailure = AfterFailureMode.RANDOM_SEED)
    void theLastWordAboutEachHoldsWhateverWasSaidBeforeAndInWhateverOrder(@ForAll long seed) {
        try (DirectoryHouse house = new DirectoryHouse()) {
            new Story(house, new Random(seed)).tell();
        }
    }

    /// One run. The other client's people are called as this one's are.
    private static final class Story {

        private final DirectoryHouse house;
        private final Random random;
        private final RestlessSystem system;
        private final RestlessSystem other;
        private final Set<AccountId> everSeen = new HashSet<>();

        Story(DirectoryHouse house, Random random) {
            this.house = house;
            this.random = random;
            this.system = new RestlessSystem(house, house.client, random);
            this.other = new RestlessSystem(house, house.other, random);
            house.facts.assignRole(house.facts.admit("founder").id(), Role.ADMIN);
        }

        void tell() {
            for (int i = 0; i < WORDS_BEFORE; i++) {
                speak(random.nextInt(3) == 0);
            }
            List<Wish> last = lastWords();
            List<Wish> order = new ArrayList<>(last);
            order.addAll(last.stream().filter(_ -> random.nextBoolean()).toList());
            Collections.shuffle(order, random);
            sayUntilDone(order);

            assertThat(shown()).isEqualTo(wished(last));
        }

        private void speak(boolean asOther) {
            Wish wish = anyWish();
            RestlessSystem silent = asOther ? system : other;
            List<String> before = everythingOf(silent);

            var _ = (asOther ? other : system).say(wish);
            if (random.nextInt(4) == 0) {
                meddle(asOther ? house.other : house.client, silent);
            }
            if (random.nextInt(5) == 0) {
                signIn();
            }

            assertThat(everythingOf(silent)).as("%s was said to another", wish).isEqualTo(before);
            nobodyIsInForWhomNoWordStands(wish);
        }

        private Wish anyWish() {
            return random.nextBoolean()
                    ? userWish(USERS.get(random.nextInt(USERS.size())))
                    : groupWish(GROUPS.get(random.nextInt(GROUPS.size())), USERS, GROUPS);
        }

        private Wish userWish(String name) {
            return random.nextInt(4) == 0
                    ? new Wish.NoUser(name)
                    : new Wish.User(name, "title-" + random.nextInt(3), random.nextBoolean());
        }

        private Wish groupWish(String name, List<String> users, List<String> groups) {
            if (random.nextInt(5) == 0) {
                return new Wish.NoGroup(name);
            }
            Set<String> members = new TreeSet<>();
            users.stream().filter(_ -> random.nextInt(3) == 0).forEach(members::add);
            groups.stream()
                    .filter(group -> !group.equals(name) && random.nextInt(6) == 0)
                    .forEach(members::add);
            return new Wish.Group(name, members);
        }

        /// One for each; a group has only members that are wished, too.
        private List<Wish> lastWords() {
            List<Wish> words = new ArrayList<>();
            USERS.forEach(user -> words.add(userWish(user)));
            List<String> present =
                    words.stream().filter(Wish.User.class::isInstance).map(Wish::name).toList();
            List<String> groups = new ArrayList<>();
            for (String group : GROUPS) {
                Wish wish = groupWish(group, present, List.copyOf(groups));
                words.add(wish);
                if (wish instanceof Wish.Group) {
                    groups.add(group);
                }
            }
            return words;
        }

        private void sayUntilDone(List<Wish> order) {
            Deque<Wish> queue = new ArrayDeque<>(order);
            int refusals = 0;
            while (!queue.isEmpty()) {
                Wish wish = queue.poll();
                if (!system.say(wish)) {
                    queue.add(wish);
                    assertThat(++refusals).as("%s is refused for ever", queue).isLessThan(200);
                }
                nobodyIsInForWhomNoWordStands(wish);
            }
        }

        /// What one client does with the other's ids is refused as what never was.
        private void meddle(Tenant stranger, RestlessSystem owner) {
            for (StoredResource foreign : owner.everything()) {
                assertThatExceptionOfType(ScimError.class)
                        .isThrownBy(() -> house.delete(stranger, foreign.kind(), foreign.id()))
                        .matches(refused -> refused.status() == 404);
                assertThat(house.directory.find(stranger.id(), foreign.kind(), foreign.id()))
                        .isEmpty();
            }
        }

        private void signIn() {
            String subject = system.subjectOf(USERS.get(random.nextInt(USERS.size())));
            var _ = house.signIn(subject, subject);
        }

        private void nobodyIsInForWhomNoWordStands(Wish after) {
            Map<AccountId, Entitlement> entitled =
                    house.facts.accounts.entitlementsAt(TestFacts.HOME);
            Set<AccountId> spoken = new HashSet<>();
            for (RestlessSystem each : List.of(system, other)) {
                List<StoredResource> sent = each.everything();
                for (StoredResource user : sent) {
                    if (user.kind() == ResourceKind.USER) {
                        AccountId account = user.account().orElseThrow();
                        spoken.add(account);
                        assertThat(roleIn(entitled, account))
                                .as("%s after %s", user, after)
                                .isEqualTo(roleByDocuments(sent, user));
                    }
                }
            }
            everSeen.addAll(spoken);
            for (AccountId account : everSeen) {
                if (!spoken.contains(account)) {
                    assertThat(entitled).as("after %s", after).doesNotContainKey(account);
                }
            }
        }

        private static Optional<Role> roleByDocuments(
                List<StoredResource> sent, StoredResource user) {
            if (!user.isActive()) {
                return Optional.empty();
            }
            Set<String> inside = new HashSet<>(Set.of(user.id()));
            Set<String> names = new HashSet<>();
            boolean isGrowing = true;
            while (isGrowing) {
                isGrowing = false;
                for (StoredResource group : sent) {
                    boolean has =
                            group.document()
                                    .path("members")
                                    .valueStream()
                                    .anyMatch(one -> inside.contains(one.path("value").asText()));
                    if (has && inside.add(group.id())) {
                        names.add(group.name());
                        isGrowing = true;
                    }
                }
            }
            return Stream.of("admins", "family", "guests")
                    .filter(names::contains)
                    .findFirst()
                    .map(ROLES::get);
        }

        private static Optional<Role> roleIn(
                Map<AccountId, Entitlement> entitled, AccountId account) {
            return switch (entitled.getOrDefault(account, new Entitlement.None())) {
                case Entitlement.None _ -> Optional.empty();
                case Entitlement.As(var role, _) -> Optional.of(role);
            };
        }

        /// All that a client can see, and what its people may.
        private List<String> everythingOf(RestlessSystem of) {
            Map<AccountId, Entitlement> entitled =
                    house.facts.accounts.entitlementsAt(TestFacts.HOME);
            List<StoredResource> sent = of.everything();
            List<DirectoryEntry> entries =
                    sent.isEmpty()
                            ? List.of()
                            : house.facts.database.read(
                                    handle -> DirectoryEntry.of(handle, new MemberStore(), sent));
            return entries.stream()
                    .map(
                            one ->
                                    one
                                            + " "
                                            + one.resource()
                                                    .account()
                                                    .flatMap(who -> roleIn(entitled, who)))
                    .toList();
        }

        /// What is there, by names, as [#wished] has it.
        private Map<String, String> shown() {
            List<StoredResource> sent = system.everything();
            Map<String, String> names =
                    sent.stream()
                            .collect(Collectors.toMap(StoredResource::id, StoredResource::name));
            Map<String, String> found = new TreeMap<>();
            for (StoredResource one : sent) {
                found.put(
                        one.name(),
                        switch (one.kind()) {
                            case USER ->
                                    one.document().path("title").asText() + " " + one.isActive();
                            case GROUP ->
                                    one.document()
                                            .path("members")
                                            .valueStream()
                                            .map(member -> names.get(member.path("value").asText()))
                                            .sorted()
                                            .toList()
                                            .toString();
                        });
            }
            return found;
        }

        private static Map<String, String> wished(List<Wish> words) {
            Map<String, String> found = new TreeMap<>();
            for (Wish word : words) {
                switch (word) {
                    case Wish.User(var name, var title, var isActive) ->
                            found.put(name, title + " " + isActive);
                    case Wish.Group(var name, var members) ->
                            found.put(name, members.stream().sorted().toList().toString());
                    case Wish.NoUser _, Wish.NoGroup _ -> {}
                }
            }
            return found;
        }
    }
}
