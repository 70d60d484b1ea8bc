package dev.vestibule.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names of the events: those of the records of [AuditEvent], which say it all.
public final class AuditKinds {

    private static final List<Class<? extends AuditEvent>> TYPES =
            Stream.of(AuditEvent.class.getPermittedSubclasses())
                    .<Class<? extends AuditEvent>>map(type -> type.asSubclass(AuditEvent.class))
                    .sorted(Comparator.comparing(Class::getSimpleName))
                    .toList();

    private static final Map<String, Class<? extends AuditEvent>> BY_NAME =
            TYPES.stream().collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private AuditKinds() {}

    /// In the order of the alphabet.
    public static List<String> names() {
        return TYPES.stream().map(Class::getSimpleName).toList();
    }

    static String nameOf(AuditEvent event) {
        return event.getClass().getSimpleName();
    }

    static Optional<Class<? extends AuditEvent>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /// Those among some names that are none.
    public static List<String> unknownAmong(Set<String> names) {
        return names.stream().filter(name -> !BY_NAME.containsKey(name)).sorted().toList();
    }
}
