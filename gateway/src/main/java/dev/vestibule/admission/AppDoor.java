package dev.vestibule.admission;

import dev.vestibule.http.Response;
import dev.vestibule.visit.Visitor;

/// Receives companion apps, which cannot be sent to a provider: their web views do not come back.
@FunctionalInterface
public interface AppDoor {

    /// @param app what it asked for, checked; [ClientKind#APP]
    Response receive(Visitor visitor, ClientRequest app);
}
