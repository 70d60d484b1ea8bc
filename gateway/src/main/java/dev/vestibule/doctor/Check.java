package dev.vestibule.doctor;

import java.util.List;

/// Looks at one thing. May wait for a minute at most, and changes nothing.
interface Check {

    /// At least one: what is fine is told, too.
    List<Finding> look();
}
