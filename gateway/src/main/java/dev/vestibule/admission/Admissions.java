package dev.vestibule.admission;

import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Insiders;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The room put together: what every way in shares. Safe to share between threads.
///
/// @param insiders knows who is signed in
/// @param codes our authorization codes
/// @param secondFactors that Home Assistant asks for
/// @param turns lets what people typed go to a home one after the other, where that is needed
/// @param decoys the addresses that logins are named by
/// @param choices what browsers came for that still choose how to sign in
/// @param consents clients about which people are asked
/// @param consent the page that asks, and takes the answer
/// @param dispatcher decides about proven identities
/// @param welcome receives them
/// @param refusals writes down attempts that proved nobody
/// @param limiter how often an address may begin a sign-in
public record Admissions(
        LoginHomes homes,
        Insiders insiders,
        AuthorizationCodeStore codes,
        SecondFactors secondFactors,
        HomeTurns turns,
        Decoys decoys,
        PendingChoiceStore choices,
        PendingConsentStore consents,
        ConsentHandler consent,
        LoginDispatcher dispatcher,
        Welcome welcome,
        RefusalLog refusals,
        AddressLimiter limiter) {

    /// The ground that the room stands on.
    public record Ground(
            InstantSource time,
            Secrets secrets,
            Sealer sealer,
            Database database,
            AuditLog audit) {}

    /// @param handOffs takes whoever proves themselves for an app
    /// @param stopovers of other rooms, in order; ours come after them
    public static Admissions build(
            Ground ground,
            AdmissionFacts facts,
            LoginHomes homes,
            HandOffs handOffs,
            List<Stopover> stopovers,
            LimitsConfig limits,
            NetworkConfig network) {
        InstantSource time = ground.time();
        AuthorizationCodeStore codes =
                new AuthorizationCodeStore(
                        time, ground.secrets(), ground.database(), ground.sealer(), facts.grants());
        HomeTurns turns = new HomeTurns();
        SecondFactors secondFactors = new SecondFactors(ground, homes, turns);
        Decoys decoys = new Decoys(ground.secrets(), network);
        RefusalLog refusals =
                new RefusalLog(
                        time, ground.audit(), new AddressLimiter(time, limits.signInsPerMinute()));
        LoginDispatcher dispatcher =
                new LoginDispatcher(time, ground.database(), homes, facts, codes, ground.audit());
        PendingConsentStore consents =
                new PendingConsentStore(
                        time, ground.secrets(), ground.database(), limits.signIns());
        PendingChoiceStore choices =
                new PendingChoiceStore(time, ground.secrets(), ground.database(), limits.signIns());
        Insiders insiders = facts.insiders();
        Welcome welcome =
                new Welcome(
                        time,
                        homes,
                        dispatcher,
                        new Stopovers(
                                ground.secrets(),
                                choices,
                                Stream.concat(
                                                stopovers.stream(),
                                                Stream.of(new FirstArrival(homes)))
                                        .toList()),
                        new Arrival(
                                homes,
                                new CodeMint(
                                        ground.database(),
                                        codes,
                                        facts.accounts(),
                                        facts.standing(),
                                        new RefusedPeople(ground.audit())),
                                secondFactors,
                                consents,
                                decoys,
                                refusals),
                        handOffs);
        return new Admissions(
                homes,
                insiders,
                codes,
                secondFactors,
                turns,
                decoys,
                choices,
                consents,
                new ConsentHandler(
                        homes,
                        insiders,
                        new Consents(ground.database(), consents, facts.accounts(), ground.audit()),
                        welcome),
                dispatcher,
                welcome,
                refusals,
                new AddressLimiter(time, limits.signInsPerMinute()));
    }

    /// Removes what ran out.
    ///
    /// @return how many rows that were
    public int sweep() {
        return choices.sweep() + consents.sweep() + codes.sweep() + secondFactors.sweep();
    }
}
