package dev.vestibule.socket;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.policy.BrowserIds;
import dev.vestibule.proxy.ForwardRules;
import dev.vestibule.proxy.SocketRelay;
import dev.vestibule.proxy.SocketRequest;
import dev.vestibule.proxy.SocketRequest.SocketKind;
import dev.vestibule.secret.Secrets;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/// Takes over the websockets of all homes. Safe to share between threads.
public final class HomeSockets implements SocketRelay {

    private final Secrets secrets;
    private final ForwardRules rules;
    private final BrowserIds browsers;
    private final Executor waiting;
    private final int socketsPerAccountMax;
    private final RequestRefusals refusals;
    private final Map<HomeId, SocketHome> homes;
    private final ClientCommands commands = new ClientCommands();
    private final MessageMemory memory = new MessageMemory(MessageMemory.BYTES_MAX);
    private final Map<AccountId, Integer> open = new HashMap<>();

    /// @param waiting runs what waits, on virtual threads
    public HomeSockets(
            Secrets secrets,
            ForwardRules rules,
            BrowserIds browsers,
            Executor waiting,
            int socketsPerAccountMax,
            RequestRefusals refusals,
            Map<HomeId, SocketHome> homes) {
        this.secrets = secrets;
        this.rules = rules;
        this.browsers = browsers;
        this.waiting = waiting;
        this.socketsPerAccountMax = socketsPerAccountMax;
        this.refusals = refusals;
        this.homes = Map.copyOf(homes);
    }

    @Override
    public void accept(SocketRequest request) {
        SocketHome home = homes.get(request.home());
        if (home == null) {
            throw new IllegalStateException("no such home: " + request.home());
        }
        switch (request.kind()) {
            case SocketKind.HomeAssistant() -> new HomeSocket(this, home, request).begin();
            case SocketKind.Through through ->
                    new ThroughSocket(home, rules, request, through).begin(socketsPerAccountMax);
        }
    }

    Secrets secrets() {
        return secrets;
    }

    ForwardRules rules() {
        return rules;
    }

    BrowserIds browsers() {
        return browsers;
    }

    Executor waiting() {
        return waiting;
    }

    RequestRefusals refusals() {
        return refusals;
    }

    MessageMemory memory() {
        return memory;
    }

    ClientCommands commands() {
        return commands;
    }

    /// Counts a socket of a person.
    ///
    /// @return false where the person has as many as one may have
    boolean tryEnter(LiveGrant grant) {
        return grant.account().map(this::tryEnter).orElse(true);
    }

    private boolean tryEnter(AccountId account) {
        synchronized (open) {
            int count = open.getOrDefault(account, 0);
            if (count >= socketsPerAccountMax) {
                return false;
            }
            open.put(account, count + 1);
            return true;
        }
    }

    /// Counts it out again; only after [#tryEnter] was true.
    void leave(LiveGrant grant) {
        synchronized (open) {
            grant.account()
                    .ifPresent(
                            account ->
                                    open.computeIfPresent(
                                            account, (_, count) -> count > 1 ? count - 1 : null));
        }
    }
}
