package dev.vestibule.console;

import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

/// One place of the console, behind its door. Safe to share between threads.
final class ConsoleHandler implements Handler {

    private final ConsoleDoor door;
    private final ConsolePlace place;
    private final ConsolePage page;

    ConsoleHandler(ConsoleDoor door, ConsolePlace place, ConsolePage page) {
        this.door = door;
        this.place = place;
        this.page = page;
    }

    @Override
    public Response handle(Request request) {
        return switch (door.enter(request, place)) {
            case ConsoleDoor.Entry.TurnedAway(var answer) -> answer;
            case ConsoleDoor.Entry.Entered(var steward) ->
                    request.method().equals("POST")
                            ? page.change(steward, request)
                            : page.show(steward, request);
        };
    }
}
