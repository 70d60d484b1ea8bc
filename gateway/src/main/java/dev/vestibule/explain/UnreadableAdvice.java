package dev.vestibule.explain;

/// What to do about a request that the door does not read.
final class UnreadableAdvice {

    private UnreadableAdvice() {}

    static String of(int status) {
        return switch (status) {
            case 421 ->
                    "Write the address into the configuration, homes[].public-url or"
                            + " homes[].origins, if people are to use it.";
            case 405 -> "Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.";
            default ->
                    "What can be read in two ways is never passed on, and no key changes that:"
                            + " ask for the plain path.";
        };
    }
}
