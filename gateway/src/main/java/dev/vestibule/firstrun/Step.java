package dev.vestibule.firstrun;

import java.util.List;
import java.util.Optional;

/// One page of questions, in their order.
enum Step {
    HOME_ASSISTANT("home-assistant"),
    PUBLIC_URL("address"),
    PRODUCT("provider"),
    ISSUER("issuer"),
    CLIENT("client"),
    TRIAL("trial"),
    ROLES("roles"),
    FINISH("finish");

    private static final List<Step> ORDER = List.of(values());

    private final String word;

    Step(String word) {
        this.word = word;
    }

    /// In addresses and keys of messages.
    String word() {
        return word;
    }

    String path() {
        return FirstRunDoor.PATH + "/" + word;
    }

    static Optional<Step> at(String path) {
        return ORDER.stream().filter(step -> step.path().equals(path)).findFirst();
    }

    /// Counted from one.
    int number() {
        return ORDER.indexOf(this) + 1;
    }

    static int count() {
        return ORDER.size();
    }

    Optional<Step> before() {
        return number() == 1 ? Optional.empty() : Optional.of(ORDER.get(number() - 2));
    }

    /// The last one stays where it is.
    Step next() {
        return number() == count() ? this : ORDER.get(number());
    }
}
