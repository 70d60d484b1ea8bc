package dev.vestibule.handoff;

import dev.vestibule.admission.ClientRequest;
import dev.vestibule.secret.ShortCode;

import java.time.Duration;
import java.time.Instant;

/// An app that waits for somebody to prove who they are.
///
/// @param link names it in addresses; opens nothing
/// @param app what the app asked for
/// @param device what the app says that it runs on
/// @param address where the app's page was opened
/// @param isConfirmed whether somebody has proved who they are and holds a code
record HandOff(
        ShortCode link,
        ClientRequest app,
        String device,
        String address,
        Instant begunAt,
        boolean isConfirmed) {

    private static final String IOS = "https://home-assistant.io/iOS";

    /// Whether the app's view shows every host and leaves only for another window.
    boolean isOnIos() {
        return app.clientId().equals(IOS);
    }

    /// The app, as the person will find it in a list: by the device that it is on.
    ClientRequest appOnItsDevice() {
        return device.isEmpty() ? app : app.named(app.clientName() + ", " + device);
    }

    Duration ageAt(Instant now) {
        return Duration.between(begunAt, now);
    }
}
