package dev.vestibule.testhouse.home;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What goes wrong on purpose, until [#clear]. Safe to share between threads.
public final class Faults {

    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Set<String> silentPaths = ConcurrentHashMap.newKeySet();
    private final Set<String> cutPaths = ConcurrentHashMap.newKeySet();
    private final Set<String> silentCommands = ConcurrentHashMap.newKeySet();
    private final Set<String> cutCommands = ConcurrentHashMap.newKeySet();
    private final Map<String, String> failingCommands = new ConcurrentHashMap<>();
    private final List<Ambush> ambushes = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean isRefusing;

    Faults() {}

    /// Every address that begins like this is answered with this status and a page that is no JSON,
    /// and nothing is done.
    public void answer(String pathPrefix, int status) {
        statuses.put(pathPrefix, status);
    }

    /// Every address that begins like this gets no answer at all, and nothing is done.
    public void hang(String pathPrefix) {
        silentPaths.add(pathPrefix);
    }

    /// Every address that begins like this is served, and then the connection is cut instead of
    /// answered.
    public void cutAfter(String pathPrefix) {
        cutPaths.add(pathPrefix);
    }

    /// Websocket commands of this type are swallowed.
    public void hangCommand(String type) {
        silentCommands.add(type);
    }

    /// Websocket commands of this type are carried out, and then the connection is cut, so that the
    /// caller never learns what became of it.
    public void cutAfterCommand(String type) {
        cutCommands.add(type);
    }

    /// Websocket commands of this type fail with this code, and nothing is done.
    public void failCommand(String type, String code) {
        failingCommands.put(type, code);
    }

    /// Holds the next command or request of this kind fast when it comes.
    ///
    /// @param what a websocket command's type, or the beginning of method and address, such as
    ///   `POST /auth/token`
    public Ambush ambush(String what, Ambush.Moment moment) {
        return ambush(what, 1, moment);
    }

    /// As [#ambush(String, Ambush.Moment)], for a later one.
    ///
    /// @param nth 1 for the next
    public Ambush ambush(String what, int nth, Ambush.Moment moment) {
        var ambush = new Ambush(what, nth, moment);
        ambushes.add(ambush);
        return ambush;
    }

    /// Every answer, on websockets too, comes this much later.
    public void slow(Duration by) {
        delay = by;
    }

    /// New connections are closed at once.
    public void refuseConnections() {
        isRefusing = true;
    }

    /// New connections are taken again, and whatever else goes wrong still does.
    public void takeConnections() {
        isRefusing = false;
    }

    /// Everything works again.
    public void clear() {
        ambushes.forEach(Ambush::release);
        ambushes.clear();
        statuses.clear();
        silentPaths.clear();
        cutPaths.clear();
        silentCommands.clear();
        cutCommands.clear();
        failingCommands.clear();
        delay = Duration.ZERO;
        isRefusing = false;
    }

    /// @param arrived a websocket command's type, or method and address
    Optional<Ambush> ambushFor(String arrived) {
        return ambushes.stream().filter(ambush -> ambush.isFor(arrived)).findFirst();
    }

    Optional<Answer> answerFor(String target) {
        if (silentPaths.stream().anyMatch(target::startsWith)) {
            return Optional.of(new Answer.Silence());
        }
        return statuses.entrySet().stream()
                .filter(one -> target.startsWith(one.getKey()))
                .findFirst()
                .map(one -> Answer.text(one.getValue(), one.getValue() + ": told to fail"));
    }

    boolean cutsAfter(String target) {
        return cutPaths.stream().anyMatch(target::startsWith);
    }

    boolean hangsCommand(String type) {
        return silentCommands.contains(type);
    }

    boolean cutsAfterCommand(String type) {
        return cutCommands.contains(type);
    }

    Optional<String> failureOf(String type) {
        return Optional.ofNullable(failingCommands.get(type));
    }

    Duration delay() {
        return delay;
    }

    boolean isRefusing() {
        return isRefusing;
    }
}
