package dev.vestibule.cli;

import java.util.List;

/// What an operator may ask of a running gateway about the keys of wall tablets.
public interface KioskControl {

    List<KioskKeyLine> list();

    /// Takes a key away, and signs the tablet out.
    ControlOutcome remove(String key);

    /// A key as the list shows it.
    ///
    /// @param device what the browser called itself when it was approved
    /// @param approvedBy the user name of the administrator
    /// @param created a moment in ISO 8601
    /// @param lastUsed a moment in ISO 8601
    record KioskKeyLine(
            String id,
            String home,
            String kiosk,
            String device,
            String approvedBy,
            String created,
            String lastUsed) {}
}
