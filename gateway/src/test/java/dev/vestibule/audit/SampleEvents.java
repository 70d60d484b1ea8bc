package dev.vestibule.audit;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/// One event of each type, whose texts are the names of its components.
public final class SampleEvents {

    private SampleEvents() {}

    public static List<AuditEvent> oneOfEach() {
        return Arrays.stream(AuditEvent.class.getPermittedSubclasses())
                .map(SampleEvents::sample)
                .toList();
    }

    private static AuditEvent sample(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            var constructor =
                    type.getDeclaredConstructor(
                            Arrays.stream(components)
                                    .map(RecordComponent::getType)
                                    .toArray(Class[]::new));
            return (AuditEvent)
                    constructor.newInstance(
                            Arrays.stream(components).map(SampleEvents::value).toArray());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type.getName(), impossible);
        }
    }

    private static Object value(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == String.class) {
            return component.getName();
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 2;
        }
        if (type == long.class) {
            return 3L;
        }
        if (type == List.class) {
            return List.of(component.getName() + "-1", component.getName() + "-2");
        }
        throw new IllegalStateException("no sample of " + component);
    }
}
