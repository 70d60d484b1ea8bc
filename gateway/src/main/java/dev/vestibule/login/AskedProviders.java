package dev.vestibule.login;

import dev.vestibule.account.Account;
import dev.vestibule.config.HomeId;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.explain.Means;
import dev.vestibule.session.SignInWay;

import java.util.List;

/// Which providers could vouch for somebody: all, at every home.
record AskedProviders(Providers providers) implements AskedWay {

    @Override
    public List<Means> meansOf(Account account, HomeId home) {
        return account.origin().isAPersons()
                ? providers.all().stream()
                        .map(
                                provider ->
                                        new Means(
                                                "provider " + provider.id(),
                                                new Means.Proof.Word(
                                                        provider.issuer(), SignInWay.PROVIDER)))
                        .toList()
                : List.of();
    }
}
