package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Text;

import java.time.Duration;
import java.time.Instant;

/// How long ago something was, in the largest unit of which there are two.
final class Ages {

    private Ages() {}

    static Text of(Instant at, Instant now) {
        Duration age = at.isAfter(now) ? Duration.ZERO : Duration.between(at, now);
        if (age.toMinutes() < 2) {
            return text("console.age.seconds", age.toSeconds());
        }
        if (age.toHours() < 2) {
            return text("console.age.minutes", age.toMinutes());
        }
        return age.toDays() < 2
                ? text("console.age.hours", age.toHours())
                : text("console.age.days", age.toDays());
    }
}
