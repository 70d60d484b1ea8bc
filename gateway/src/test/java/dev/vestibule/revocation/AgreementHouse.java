package dev.vestibule.revocation;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

/// The rooms before a scripted Home Assistant, which has the same clock.
final class AgreementHouse extends AgreementRooms {

    final ScriptedHomeAssistant home;

    AgreementHouse() {
        this(HomeOptions.defaults());
    }

    AgreementHouse(HomeOptions options) {
        TestFacts facts = new TestFacts();
        ScriptedHomeAssistant home = ScriptedHomeAssistant.start(options.withTime(facts.clock));
        super(facts, home.url(), home.administratorToken());
        this.home = home;
    }

    HomeUser user(Account account) {
        String id = userId(account.id());
        return home.users().stream().filter(user -> user.id().equals(id)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        super.close();
        home.close();
    }
}
