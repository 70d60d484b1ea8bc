package dev.vestibule.client;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.client.ClientJudgement.ForeignRedirect;
import dev.vestibule.client.ClientJudgement.Known;
import dev.vestibule.client.ClientJudgement.Unknown;
import dev.vestibule.client.ClientStanding.Reason;
import dev.vestibule.client.ClientStanding.Received;
import dev.vestibule.client.ClientStanding.Refused;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.network.ClientAddress;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        return switch (standing(clientId)) {
            case Refused _ -> new Unknown();
            case Received received -> judge(received, clientId, redirectUri, asking);
        };
    }

    private ClientJudgement judge(
            Received client, String clientId, String redirectUri, ClientAddress asking) {
        return switch (client.kind()) {
            case OWN -> known(client, isOwnRedirect(clientId, redirectUri));
            case APP -> known(client, CompanionApps.mayLeadTo(clientId, redirectUri));
            case VOICE -> known(client, assistants.mayLeadTo(clientId, redirectUri));
            case DOCUMENT, OTHER -> program(client.kind(), clientId, redirectUri, asking);
        };
    }

    /// How a client is received, whatever it asks for. Asks nobody.
    public ClientStanding standing(String clientId) {
        if (own(clientId).isPresent()) {
            return new Received(ClientKind.OWN, "");
        }
        if (CompanionApps.isOne(clientId)) {
            return new Received(ClientKind.APP, CompanionApps.nameOf(clientId));
        }
        return assistants
                .find(clientId)
                .<ClientStanding>map(found -> new Received(ClientKind.VOICE, found.name()))
                .orElseGet(() -> standingOfProgram(clientId));
    }

    private ClientStanding standingOfProgram(String clientId) {
        Optional<ProgramAddress> address = ProgramAddress.parse(clientId);
        if (address.isEmpty()) {
            return new Refused(Reason.NO_ADDRESS);
        }
        if (config.documents().stream().anyMatch(one -> one.toString().equals(clientId))) {
            return new Received(ClientKind.DOCUMENT, "");
        }
        if (!mayOthersAsk()) {
            return new Refused(Reason.NOT_LISTED);
        }
        return address.get().hasName()
                ? new Received(ClientKind.OTHER, "")
                : new Refused(Reason.NO_NAME);
    }

    /// The ids that are received without a question about unlisted ones: this home's pages, the
    /// apps, and what the configuration lists.
    public List<String> listed() {
        return Stream.of(
                        origins.stream().map(origin -> origin + "/"),
                        CompanionApps.ids().stream(),
                        assistants.ids().stream(),
                        config.documents().stream().map(URI::toString))
                .flatMap(ids -> ids)
                .distinct()
                .toList();
    }

    /// Whether people decide about clients that nobody listed.
    public boolean mayOthersAsk() {
        return config.unknown() == UnknownClients.ASK;
    }

    /// Whether a program may be known here by its metadata document.
    public boolean readsDocuments() {
        return !config.documents().isEmpty() || mayOthersAsk();
    }

    private Optional<Origin> own(String clientId) {
        return Origin.parse(clientId).filter(origins::contains);
    }

    private boolean isOwnRedirect(String clientId, String redirectUri) {
        return own(clientId)
                .flatMap(own -> Redirect.parse(redirectUri).filter(to -> to.isAt(own)))
                .isPresent();
    }

    private ClientJudgement program(
            ClientKind kind, String clientId, String redirectUri, ClientAddress asking) {
        ProgramAddress address = ProgramAddress.parse(clientId).orElseThrow();
        Optional<Redirect> redirect = Redirect.parse(redirectUri).filter(Redirect::isPrivate);
        if (redirect.isEmpty()) {
            return new ForeignRedirect();
        }
        // Home Assistant's rule, and IndieAuth's: what lies at the client's own origin is its own.
        if (kind == ClientKind.OTHER && redirect.get().isAt(address.origin())) {
            return new Known(ClientKind.OTHER, "");
        }
        return kind == ClientKind.DOCUMENT || address.mayBeDocument()
                ? documents.judge(address, redirect.get(), kind, asking)
                : new ForeignRedirect();
    }

    private static ClientJudgement known(Received client, boolean isItsRedirect) {
        return isItsRedirect ? new Known(client.kind(), client.name()) : new ForeignRedirect();
    }
}
