package dev.vestibule.profile;

import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

/// One place of the profile, behind its door. Safe to share between threads.
record ProfileHandler(ProfileDoor door, ProfilePlace place, ProfilePage page) implements Handler {

    @Override
    public Response handle(Request request) {
        return switch (door.enter(request, place)) {
            case ProfileDoor.Entry.TurnedAway(var answer) -> answer;
            case ProfileDoor.Entry.Entered(var self) -> page.answer(self, request);
        };
    }
}
