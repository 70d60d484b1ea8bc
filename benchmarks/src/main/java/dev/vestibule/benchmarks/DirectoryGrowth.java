package dev.vestibule.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What an identity system's requests cost while its directory grows to ten times the size, and
/// what memory that takes: a request about one person must cost the same, and a list the same for
/// each who is on it. Every answer must be the right one: else it fails.
final class DirectoryGrowth {

    private static final int GROWTH = 10;
    private static final String WARM_UP = "warm-up";
    private static final int WARM_UP_ROUNDS = 2;
    private static final Duration PROVISIONED_MAX = Duration.ofMinutes(5);
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private final House house;
    private final Plan.Directory plan;
    private final List<List<String>> memory = new ArrayList<>();

    DirectoryGrowth(House house, Plan.Directory plan) {
        this.house = house;
        this.plan = plan;
    }

    List<Table> measure() {
        warmUp();
        try (ScimLoad load = new ScimLoad(house.gateway(), token("benchmark"))) {
            DirectoryPeople people = new DirectoryPeople(load);
            remember("nobody is there");
            Map<String, Sent> small = sized(load, people, plan.users() / GROWTH);
            Map<String, Sent> large = sized(load, people, plan.users());
            List<Table> tables = new ArrayList<>(comparison(small, large));
            tables.add(everybody(load, people));
            tables.add(withRole(load, people));
            tables.add(new Table("The gateway's memory, heap of 96 MiB", memory));
            mustHaveHadMemory();
            return tables;
        }
    }

    /// The compiler of the gateway's JVM is not to be measured with the first requests.
    private void warmUp() {
        try (ScimLoad load = new ScimLoad(house.gateway(), token(WARM_UP))) {
            DirectoryPeople people = new DirectoryPeople(load);
            for (int round = 1; round <= WARM_UP_ROUNDS; round++) {
                var _ = grow(people, round * plan.users() / GROWTH / WARM_UP_ROUNDS);
                var _ = new DirectoryRequests(load, people, plan).send();
            }
        }
        var _ =
                house.control()
                        .ask(ControlSocket.command("scim-client-remove").put("name", WARM_UP));
    }

    private String token(String client) {
        var request = ControlSocket.command("scim-client-add").put("name", client);
        request.put("provider", "").putArray("networks");
        JsonNode answer = house.control().ask(request);
        if (!answer.path("token").isTextual()) {
            throw new BenchmarkFailed("the gateway was to add a SCIM client and said " + answer);
        }
        return answer.path("token").asText();
    }

    /// Grows the directory to a size, and asks all there is to ask of it.
    private Map<String, Sent> sized(ScimLoad load, DirectoryPeople people, int users) {
        Map<String, Sent> all = new LinkedHashMap<>(grow(people, users));
        remember("%,d users in %d groups are there".formatted(users, people.groups().size()));
        all.putAll(new DirectoryRequests(load, people, plan).send());
        remember("they were read and changed");
        return all;
    }

    private Map<String, Sent> grow(DirectoryPeople people, int users) {
        Map<String, Sent> all = new LinkedHashMap<>();
        all.put("create a user", people.growUsers(users));
        all.put(
                "create a group of %d".formatted(plan.membersOfGroup()),
                people.growGroups(users * plan.groups() / plan.users(), plan.membersOfGroup()));
        return all;
    }

    private List<Table> comparison(Map<String, Sent> small, Map<String, Sent> large) {
        List<List<String>> costs = new ArrayList<>();
        List<List<String>> times = new ArrayList<>();
        small.forEach(
                (name, few) -> {
                    Sent many = Objects.requireNonNull(large.get(name));
                    costs.add(
                            List.of(
                                    name,
                                    figure("%.2f", few.processorMillis()),
                                    figure("%.2f", many.processorMillis()),
                                    figure("%.2f", many.processorMillis() / few.processorMillis()),
                                    figure("%,.0f", many.perSecond())));
                    times.add(
                            List.of(
                                    name,
                                    few.percentileText(50),
                                    few.percentileText(99),
                                    many.percentileText(50),
                                    many.percentileText(99)));
                });
        String few = "%,d users".formatted(plan.users() / GROWTH);
        String many = "%,d users".formatted(plan.users());
        return List.of(
                Table.of(
                        "Processor time of the gateway for a SCIM request, ms, %d connections"
                                .formatted(ScimLoad.CONNECTIONS),
                        List.of("request", few, many, "ratio", "a second, " + many),
                        costs),
                Table.of(
                        "Time to the answer, ms, %d connections".formatted(ScimLoad.CONNECTIONS),
                        List.of("request", few + ": p50", "p99", many + ": p50", "p99"),
                        times));
    }

    /// One group with everybody, by requests one after the other.
    private Table everybody(ScimLoad load, DirectoryPeople people) {
        List<List<String>> rows = new ArrayList<>();
        List<String> all = people.users();
        String last = all.getLast();
        String group =
                timed(
                        load,
                        rows,
                        "create it",
                        ScimCall.post(
                                "/Groups",
                                DirectoryPeople.group(
                                        "everybody", all.subList(0, all.size() - 1))));
        String id = ScimLoad.json(group).path("id").asText();
        var _ = timed(load, rows, "add a member", ScimCall.addMember(id, last));
        var _ = timed(load, rows, "remove a member", ScimCall.removeMember(id, last));
        var _ = timed(load, rows, "read it", ScimCall.get("/Groups/" + id));
        var _ =
                timed(
                        load,
                        rows,
                        "rename it",
                        ScimCall.patchGroup(
                                id,
                                "{\"op\": \"replace\", \"path\": \"displayName\", \"value\":"
                                        + " \"all\"}"));
        var _ = timed(load, rows, "delete it", ScimCall.delete("/Groups/" + id));
        remember("a group of everybody came and went");
        return new Table("A group of %,d users, which gives no role".formatted(all.size()), rows);
    }

    private static String timed(
            ScimLoad load, List<List<String>> rows, String name, ScimCall call) {
        ScimLoad.Done done = load.send(List.of(call));
        rows.add(
                List.of(
                        name,
                        figure("%,.0f ms", done.sent().percentile(50)),
                        figure("%,.0f ms of processor", done.sent().processorMillis())));
        return done.bodies().getFirst();
    }

    /// Some get a role, and are made known to Home Assistant. Fewer than are held are switched off.
    private Table withRole(ScimLoad load, DirectoryPeople people) {
        List<List<String>> rows = new ArrayList<>();
        int before = house.home().users().size();
        List<String> family = people.users().subList(0, plan.withRole());
        long begun = System.nanoTime();
        var _ =
                timed(
                        load,
                        rows,
                        "create the group",
                        ScimCall.post("/Groups", DirectoryPeople.group(People.GROUP, family)));
        await(() -> house.home().users().size() == before + family.size());
        rows.add(List.of("Home Assistant has them all", since(begun), ""));
        List<ScimCall> off = new ArrayList<>();
        for (int number = 0; number < family.size() / 5; number++) {
            off.add(ScimCall.replace(people.users().get(number), "active", "false"));
        }
        begun = System.nanoTime();
        Sent sent = load.send(off).sent();
        rows.add(
                List.of(
                        "switch off %d of them, each".formatted(off.size()),
                        figure("%,.0f ms", sent.percentile(50)),
                        figure("%,.0f ms of processor", sent.processorMillis())));
        await(
                () ->
                        house.home().users().stream().filter(user -> !user.isActive()).count()
                                >= off.size());
        rows.add(List.of("Home Assistant agrees", since(begun), ""));
        remember("%d have a role".formatted(family.size()));
        return new Table("A group of %d users, which gives a role".formatted(family.size()), rows);
    }

    private static String since(long begun) {
        return figure("%.1f s", (System.nanoTime() - begun) / 1e9);
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long begun = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begun > PROVISIONED_MAX.toNanos()) {
                throw new BenchmarkFailed("Home Assistant does not agree with the directory");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchmarkFailed("interrupted", interrupted);
            }
        }
    }

    private static String figure(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private void remember(String when) {
        Program gateway = house.gateway().program();
        long resident = gateway.residentBytes();
        memory.add(
                List.of(
                        when,
                        figure("%.0f MiB resident", resident / MEBIBYTE),
                        figure("%.1f MiB of heap kept", gateway.heapBytesKept() / MEBIBYTE)));
    }

    private void mustHaveHadMemory() {
        if (house.gateway().program().printed().contains("OutOfMemoryError")) {
            throw new BenchmarkFailed("the gateway had not enough memory");
        }
    }
}
