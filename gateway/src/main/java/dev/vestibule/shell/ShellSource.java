package dev.vestibule.shell;

import dev.vestibule.homeassistant.HomeAssistantUnavailable;

import java.nio.file.Path;

/// The wire to Home Assistant's front end. Safe to share between threads.
public interface ShellSource extends AutoCloseable {

    /// Asks one question on the gateway's own behalf, and waits for a limited time.
    ///
    /// @param body where the bytes of a [ShellAnswer.Found] are written; the caller deletes it
    /// @throws HomeAssistantUnavailable where nothing follows from the answer, or there was none
    ShellAnswer fetch(ShellQuestion question, Path body);

    @Override
    void close();
}
