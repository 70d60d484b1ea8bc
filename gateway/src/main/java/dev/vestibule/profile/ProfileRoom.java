package dev.vestibule.profile;

import dev.vestibule.account.AccountStore;
import dev.vestibule.admission.PageGuard;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.grant.GrantService;
import dev.vestibule.http.Handler;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.SessionSearch;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;
import dev.vestibule.telling.IssuerNames;
import dev.vestibule.visit.Insiders;

import java.util.List;

/// Puts the room together and hands its handlers to `Routes`. Safe to share between threads.
public final class ProfileRoom {

    private final Handler me;
    private final Handler browsers;
    private final Handler apps;

    /// What people see of themselves, and what ends some of it.
    public record Facts(
            Database database,
            AccountStore accounts,
            SessionService sessions,
            GrantService grants,
            SessionLifecycle lifecycle) {}

    /// @param providers where people sign in, with the names that they know
    public ProfileRoom(
            Facts facts,
            Insiders insiders,
            List<OpenIdProviderConfig> providers,
            Neighbours neighbours) {
        ProfileDoor door = new ProfileDoor(insiders);
        ProfilePages pages = new ProfilePages(neighbours);
        this.me =
                handler(
                        door,
                        ProfilePlace.ME,
                        new MyselfPage(
                                pages,
                                new Proofs(facts.database(), facts.accounts(), facts.sessions()),
                                new IssuerNames(providers)));
        this.browsers =
                handler(
                        door,
                        ProfilePlace.BROWSERS,
                        new BrowsersPage(
                                pages,
                                new SessionSearch(facts.database(), facts.sessions()),
                                facts.sessions(),
                                facts.lifecycle()));
        this.apps =
                handler(
                        door,
                        ProfilePlace.APPS,
                        new AppsPage(
                                pages,
                                new GrantSearch(facts.database(), facts.grants()),
                                facts.lifecycle()));
    }

    private static Handler handler(ProfileDoor door, ProfilePlace place, ProfilePage page) {
        return new PageGuard(new ProfileHandler(door, place, page));
    }

    /// `GET /auth/vestibule/profile`
    public Handler me() {
        return me;
    }

    /// `GET` and `POST /auth/vestibule/profile/browsers`
    public Handler browsers() {
        return browsers;
    }

    /// `GET` and `POST /auth/vestibule/profile/apps`
    public Handler apps() {
        return apps;
    }
}
