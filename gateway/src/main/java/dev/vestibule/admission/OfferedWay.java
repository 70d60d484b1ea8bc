package dev.vestibule.admission;

import dev.vestibule.http.Page.Part;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Visitor;

import java.util.List;

/// A way in that the sign-in page offers beside the providers.
public interface OfferedWay {

    /// Whether this visitor can use it now. Where nothing but one provider is left, nobody sees a
    /// page.
    boolean isOffered(Visitor visitor);

    /// What the page shows for it.
    ///
    /// @param choice names what the visitor came for, see [PendingChoiceStore]; forms and links of
    ///   the way carry it
    List<Part> parts(Visitor visitor, Secret choice);

    /// As [SilentWay#comesBack].
    default boolean comesBack() {
        return false;
    }
}
