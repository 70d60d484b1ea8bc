package dev.vestibule.testhouse.openid;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whom the provider knows, and who is switched off. Safe to share between threads.
final class People {

    private record Entry(Person person, boolean isEnabled) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /// Adds a person, or replaces the one with the same subject.
    synchronized void add(Person person) {
        entries.put(person.subject(), new Entry(person, true));
    }

    synchronized void setEnabled(String subject, boolean isEnabled) {
        entries.put(subject, new Entry(get(subject), isEnabled));
    }

    synchronized void setGroups(String subject, List<String> groups) {
        boolean isEnabled = findActive(subject).isPresent();
        entries.put(subject, new Entry(get(subject).withGroups(groups), isEnabled));
    }

    synchronized List<Person> all() {
        return entries.values().stream().map(Entry::person).toList();
    }

    /// Somebody who is known and not switched off.
    synchronized Optional<Person> findActive(String subject) {
        return Optional.ofNullable(entries.get(subject))
                .filter(Entry::isEnabled)
                .map(Entry::person);
    }

    private Person get(String subject) {
        Entry entry = entries.get(subject);
        if (entry == null) {
            throw new IllegalArgumentException("nobody has the subject " + subject);
        }
        return entry.person();
    }
}
