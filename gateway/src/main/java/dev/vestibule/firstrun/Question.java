package dev.vestibule.firstrun;

import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Hidden;

import java.util.List;

/// What one [Step] asks. Used under the wizard's lock.
interface Question {

    /// Whether whoever is here may go on.
    boolean isAnswered();

    /// @param problems of the last answer
    /// @param form what every form carries
    List<Part> parts(Problems problems, List<Hidden> form);

    /// Judges an answer, which may take waiting for somebody. What was understood is kept in
    /// [Answers].
    Problems take(Typed typed);
}
