package dev.vestibule.client;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.client.ClientJudgement.ForeignRedirect;
import dev.vestibule.client.ClientJudgement.Known;
import dev.vestibule.client.ClientJudgement.Unknown;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.network.ClientAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The clients of one home: who may ask a person for access, and where the answer may go. Safe to
/// share between threads.
///
/// Home Assistant takes any client whose redirect lies at its own origin. Behind single sign-on no
/// click is left that would stop a link with a stranger's client from carrying a code away
/// (CVE-2023-41893), so here everybody but the home's own pages is listed, or asks.
public final class Clients {

    private final List<Origin> origins;
    private final ClientsConfig config;
    private final VoiceAssistants assistants;
    private final ClientDocuments documents;

    public Clients(HomeConfig home, ClientDocuments documents) {
        List<Origin> all = new ArrayList<>(home.origins());
        all.add(home.publicUrl());
        this.origins = List.copyOf(all);
        this.config = home.clients();
        this.assistants = new VoiceAssistants(config);
        this.documents = documents;
    }

    /// Judges a pair as it was sent. May wait for a document of the client's.
    ///
    /// @param asking who wants to know; fetching for them is limited
    public ClientJudgement judge(String clientId, String redirectUri, ClientAddress asking) {
        Optional<Origin> own = Origin.parse(clientId).filter(origins::contains);
        if (own.isPresent()) {
            return known(
                    ClientKind.OWN,
                    "",
                    Redirect.parse(redirectUri).filter(to -> to.isAt(own.get())).isPresent());
        }
        if (CompanionApps.isOne(clientId)) {
            return known(
                    ClientKind.APP,
                    CompanionApps.nameOf(clientId),
                    CompanionApps.mayLeadTo(clientId, redirectUri));
        }
        return assistants
                .find(clientId)
                .map(
                        found ->
                                known(
                                        ClientKind.VOICE,
                                        found.name(),
                                        found.redirects().contains(redirectUri)))
                .orElseGet(() -> stranger(clientId, redirectUri, asking));
    }

    /// Whether a program may be known here by its metadata document.
    public boolean readsDocuments() {
        return !config.documents().isEmpty() || config.unknown() == UnknownClients.ASK;
    }

    private ClientJudgement stranger(String clientId, String redirectUri, ClientAddress asking) {
        Optional<ProgramAddress> address = ProgramAddress.parse(clientId);
        if (address.isEmpty()) {
            return new Unknown();
        }
        boolean isListed =
                config.documents().stream().anyMatch(one -> one.toString().equals(clientId));
        if (!isListed && (config.unknown() == UnknownClients.REFUSE || !address.get().hasName())) {
            return new Unknown();
        }
        Optional<Redirect> redirect = Redirect.parse(redirectUri).filter(Redirect::isPrivate);
        if (redirect.isEmpty()) {
            return new ForeignRedirect();
        }
        if (isListed) {
            return documents.judge(address.get(), redirect.get(), ClientKind.DOCUMENT, asking);
        }
        // Home Assistant's rule, and IndieAuth's: what lies at the client's own origin is its own.
        if (redirect.get().isAt(address.get().origin())) {
            return new Known(ClientKind.OTHER, "");
        }
        return address.get().mayBeDocument()
                ? documents.judge(address.get(), redirect.get(), ClientKind.OTHER, asking)
                : new ForeignRedirect();
    }

    private static ClientJudgement known(ClientKind kind, String name, boolean isItsRedirect) {
        return isItsRedirect ? new Known(kind, name) : new ForeignRedirect();
    }
}
