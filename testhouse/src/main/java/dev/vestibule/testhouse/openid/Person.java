package dev.vestibule.testhouse.openid;

import java.util.List;
import java.util.Map;

/// Somebody whom the provider can sign in.
///
/// @param extraClaims further claims by name; they win over the standard ones
/// @param note one line for the person-choosing page, empty for none; never part of a token
public record Person(
        String subject,
        String preferredUsername,
        String name,
        String email,
        List<String> groups,
        Map<String, Object> extraClaims,
        String note) {

    public Person {
        groups = List.copyOf(groups);
        extraClaims = Map.copyOf(extraClaims);
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("a person needs a subject");
        }
    }

    public Person(
            String subject,
            String preferredUsername,
            String name,
            String email,
            List<String> groups,
            Map<String, Object> extraClaims) {
        this(subject, preferredUsername, name, email, groups, extraClaims, "");
    }

    /// A person whose user name is the subject, with an address at example.org and no groups.
    public static Person of(String subject, String name) {
        return new Person(
                subject, subject, name, subject + "@example.org", List.of(), Map.of(), "");
    }

    public Person withPreferredUsername(String value) {
        return new Person(subject, value, name, email, groups, extraClaims, note);
    }

    public Person withEmail(String value) {
        return new Person(subject, preferredUsername, name, value, groups, extraClaims, note);
    }

    public Person withGroups(List<String> value) {
        return new Person(subject, preferredUsername, name, email, value, extraClaims, note);
    }

    public Person withGroups(String... value) {
        return withGroups(List.of(value));
    }

    public Person withExtraClaims(Map<String, Object> value) {
        return new Person(subject, preferredUsername, name, email, groups, value, note);
    }

    public Person withNote(String value) {
        return new Person(subject, preferredUsername, name, email, groups, extraClaims, value);
    }
}
