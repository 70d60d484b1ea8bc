package dev.vestibule.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// What an identity system asks about people who are there, and what it changes: afterwards all is
/// as it was, save for titles. Every answer must be the right one: else it fails. One thread uses
/// it.
final class DirectoryRequests {

    /// How often everybody is looked at by a search.
    private static final int SEARCHED = 5;

    /// True of everybody, as only a look at each can tell.
    private static final String FILTERED =
            "/Users?count=10&filter=title%20pr%20and%20active%20eq%20true";

    private final ScimLoad load;
    private final DirectoryPeople people;
    private final Plan.Directory plan;
    private final Random random = new Random(1);

    DirectoryRequests(ScimLoad load, DirectoryPeople people, Plan.Directory plan) {
        this.load = load;
        this.people = people;
        this.plan = plan;
    }

    /// Sends each kind of request as often as is planned, and tells what came of it by its name.
    Map<String, Sent> send() {
        List<Integer> some = some();
        Map<String, Sent> all = new LinkedHashMap<>();
        all.put(
                "find by userName",
                ask(some, number -> find("userName", DirectoryPeople.userName(number))));
        all.put(
                "find by externalId",
                ask(some, number -> find("externalId", "00u%07d".formatted(number))));
        all.put(
                "read a user",
                ask(some, number -> ScimCall.get("/Users/" + people.users().get(number))));
        all.put("change an attribute", ask(some, number -> replace(number, "title", text())));
        all.put("switch off", ask(some, number -> replace(number, "active", "false")));
        all.put("switch on", ask(some, number -> replace(number, "active", "true")));
        all.putAll(membership());
        all.put("list, count=100, for a user", list("/Users?count=100"));
        all.put("list, count=500, for a user", list("/Users?count=500"));
        all.put("search through all, for a user", search());
        return all;
    }

    private ScimCall replace(int number, String path, String value) {
        return ScimCall.replace(people.users().get(number), path, value);
    }

    private String text() {
        return "\"Resident " + random.nextInt(1_000_000) + "\"";
    }

    /// People here and there, by their numbers.
    private List<Integer> some() {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, people.users().size()).boxed().toList());
        Collections.shuffle(numbers, random);
        return List.copyOf(numbers.subList(0, Math.min(numbers.size(), plan.requests())));
    }

    private Sent ask(List<Integer> numbers, IntFunction<ScimCall> call) {
        return load.send(numbers.stream().map(number -> call.apply(number)).toList()).sent();
    }

    private static ScimCall find(String attribute, String value) {
        return ScimCall.get(
                "/Users?filter=" + attribute + "%20eq%20%22" + value.replace("@", "%40") + "%22");
    }

    /// Somebody comes into each group, and goes again.
    private Map<String, Sent> membership() {
        List<ScimCall> in = new ArrayList<>();
        List<ScimCall> out = new ArrayList<>();
        for (int i = 0; i < plan.requests(); i++) {
            int number = i % people.groups().size();
            String group = people.groups().get(number);
            int first = number * plan.membersOfGroup();
            int other = first + plan.membersOfGroup() + i / people.groups().size();
            String user = people.users().get(other % people.users().size());
            in.add(ScimCall.addMember(group, user));
            out.add(ScimCall.removeMember(group, user));
        }
        Map<String, Sent> all = new LinkedHashMap<>();
        all.put("add a member", load.send(in).sent());
        all.put("remove a member", load.send(out).sent());
        return all;
    }

    /// Reads everybody page by page, one page after the other; few people are read more often.
    ///
    /// @return as if each who was on a page had been a request
    private Sent list(String path) {
        List<Sent> pages = new ArrayList<>();
        for (int round = 0; round < plan.users() / people.users().size(); round++) {
            int seen = 0;
            while (seen < people.users().size()) {
                ScimLoad.Done page =
                        load.send(List.of(ScimCall.get(path + "&startIndex=" + (seen + 1))));
                JsonNode body = ScimLoad.json(page.bodies().getFirst());
                int found = body.path("Resources").size();
                if (found == 0 || body.path("totalResults").asInt() != people.users().size()) {
                    throw new BenchmarkFailed(
                            "a page from %d has %d of %s users"
                                    .formatted(seen + 1, found, body.path("totalResults")));
                }
                seen += found;
                pages.add(page.sent().forEachOf(found));
            }
        }
        return Sent.together(pages);
    }

    /// What no index knows is looked for in everybody, for each page anew.
    ///
    /// @return as if each who was looked at had been a request
    private Sent search() {
        List<Sent> pages = new ArrayList<>();
        int users = people.users().size();
        for (int looked = 0; looked < SEARCHED * plan.users(); looked += users) {
            ScimLoad.Done page = load.send(List.of(ScimCall.get(FILTERED)));
            JsonNode total = ScimLoad.json(page.bodies().getFirst()).path("totalResults");
            if (total.asInt() != users) {
                throw new BenchmarkFailed("a search found %s of %d".formatted(total, users));
            }
            pages.add(page.sent().forEachOf(users));
        }
        return Sent.together(pages);
    }
}
