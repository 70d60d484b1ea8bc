package dev.vestibule.http;

/// A path of our own with what it is asked for, as links, forms and redirects have it.
///
/// @param path such as `/auth/vestibule/profile/apps`
/// @param query encoded, without its question mark; empty text for none
public record LocalAddress(String path, String query) {

    public static LocalAddress of(String path) {
        return new LocalAddress(path, "");
    }

    /// The same, with one question more; an empty one is left out.
    public LocalAddress with(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        String pair = name + "=" + PercentCoding.encode(value);
        return new LocalAddress(path, query.isEmpty() ? pair : query + "&" + pair);
    }

    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
