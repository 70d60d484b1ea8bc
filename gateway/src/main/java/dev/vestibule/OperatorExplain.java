package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.cli.ExplainControl;
import dev.vestibule.cli.ExplainControl.ExplainAnswer.Refused;
import dev.vestibule.cli.ExplainControl.ExplainAnswer.Told;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.explain.CredentialReport;
import dev.vestibule.explain.NamedPeople;
import dev.vestibule.explain.PersonReport;
import dev.vestibule.explain.ReferenceReport;
import dev.vestibule.explain.Rehearsed;
import dev.vestibule.explain.RequestWords;
import dev.vestibule.explain.SupposedRequest;
import dev.vestibule.explain.Suppositions;
import dev.vestibule.explain.WaysReport;
import dev.vestibule.explain.WebAddress;
import dev.vestibule.foreign.ForeignText;
import dev.vestibule.gate.Rehearsal;
import dev.vestibule.grant.GrantInquiry;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.network.IpLiteral;
import dev.vestibule.passkey.Passkeys;
import dev.vestibule.policy.AsSomebody;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionInquiry;
import dev.vestibule.session.SessionSearch;
import dev.vestibule.store.Database;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the operator of this machine may ask of a running gateway about its judgement. Safe to
/// share between threads.
final class OperatorExplain implements ExplainControl {

    /// Of a network that is nobody's (RFC 5737), so that no list of networks has it.
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("192.0.2.1");

    /// What may be a token is not repeated, wherever it was written by mistake.
    private static final Pattern TOKEN_LIKE = Pattern.compile("[A-Za-z0-9._~+/=-]{40,}");

    private final Gateway gateway;
    private final Rehearsal rehearsal;
    private final Suppositions suppositions;
    private final RequestWords words;
    private final NamedPeople people;
    private final CredentialReport credentials;
    private final PersonReport persons;
    private final ReferenceReport references;

    OperatorExplain(Gateway gateway) {
        GatewayFacts facts = gateway.facts();
        Database database = facts.adoption().database();
        this.gateway = gateway;
        this.rehearsal = gateway.rehearsal();
        this.suppositions = new Suppositions(facts.accounts(), facts.sessions(), facts.grants());
        this.words = new RequestWords(gateway.config().network(), facts.accounts()::find);
        this.people = new NamedPeople(database, facts.accounts());
        this.credentials = credentials(gateway, database);
        this.persons = persons(gateway, database);
        this.references = new ReferenceReport(facts.refusals(), gateway.auditStore());
    }

    private static CredentialReport credentials(Gateway gateway, Database database) {
        GatewayFacts facts = gateway.facts();
        InstantSource time = gateway.time();
        return new CredentialReport(
                facts.world(),
                facts.accounts(),
                new CredentialReport.Ledgers(
                        new SessionInquiry(time, database, facts.sessions()),
                        new GrantInquiry(time, database, facts.grants()),
                        facts.grants(),
                        facts.tenants()),
                gateway.tokens(),
                gateway.homes().stream().map(GatewayHome::id).toList());
    }

    private static PersonReport persons(Gateway gateway, Database database) {
        GatewayFacts facts = gateway.facts();
        return new PersonReport(
                gateway.config(),
                database,
                new PersonReport.People(
                        facts.accounts(),
                        facts.homeUsers(),
                        facts.proofs(),
                        facts.tenants(),
                        facts.outbox()),
                new PersonReport.Belongings(
                        new SessionSearch(database, facts.sessions()),
                        new GrantSearch(database, facts.grants()),
                        account -> database.read(handle -> Passkeys.countOf(handle, account.id()))),
                ways(gateway),
                gateway.auditStore());
    }

    private static WaysReport ways(Gateway gateway) {
        return new WaysReport(
                gateway.homes().stream().map(GatewayHome::id).toList(),
                home -> gateway.home(home).isShut(),
                gateway.entrances().askedWays(),
                gateway.entrances().prospects(),
                gateway.facts().accounts());
    }

    @Override
    public ExplainAnswer request(RequestQuestion question) {
        Optional<WebAddress> address = WebAddress.read(question.url());
        if (address.isEmpty()) {
            return new Refused(
                    "This is no address of the web. Write https://, the host and the path, or the"
                            + " path alone.");
        }
        if (address.get().isSocket() && !question.method().equals("GET")) {
            return new Refused("A websocket is asked for by GET.");
        }
        if (!isOfAHeader(address.get().host()) || !isOfAHeader(question.page())) {
            return new Refused(
                    "A host and a page have neither blanks nor control characters; write a page as"
                            + " its origin, such as https://home.example.org.");
        }
        if (!isOfAHeader(question.accessToken().reveal())) {
            return new Refused("A token has neither blanks nor control characters.");
        }
        Optional<InetAddress> from =
                question.from().isEmpty()
                        ? Optional.of(ELSEWHERE)
                        : IpLiteral.parse(question.from());
        if (from.isEmpty()) {
            return new Refused("--from needs an IP address, such as 192.168.1.20.");
        }
        SupposedRequest supposed =
                new SupposedRequest(
                        host(address.get()),
                        address.get().target(),
                        question.method(),
                        from.get(),
                        question.isAroundTheProxy(),
                        question.accessToken(),
                        question.page(),
                        address.get().isSocket());
        return question.account().isEmpty()
                ? asShown(supposed)
                : withAccount(question.account(), account -> as(supposed, account));
    }

    /// Whether it could stand in a header: what cannot never comes to the door.
    private static boolean isOfAHeader(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
    }

    private String host(WebAddress address) {
        return address.host().isEmpty()
                ? gateway.homes().getFirst().config().publicUrl().authority()
                : address.host();
    }

    private ExplainAnswer asShown(SupposedRequest supposed) {
        String who =
                supposed.accessToken().reveal().isEmpty()
                        ? "nobody: a browser that shows nothing"
                        : "whoever holds the token that was given";
        return told(rehearsal.rehearse(supposed, _ -> new AsSomebody.AsShown()), _ -> who);
    }

    private ExplainAnswer as(SupposedRequest supposed, Account account) {
        return told(
                rehearsal.rehearse(supposed, home -> suppositions.at(home, account)),
                home -> suppositions.said(home, account));
    }

    private Told told(Rehearsed rehearsed, Function<HomeId, String> who) {
        return new Told(words.say(rehearsed, who, this::routes));
    }

    private RoutesConfig routes(HomeId id) {
        return gateway.homes().stream()
                .filter(home -> home.id().equals(id))
                .findFirst()
                .orElseThrow()
                .config()
                .routes();
    }

    @Override
    public ExplainAnswer credential(Secret credential) {
        return new Told(credentials.of(credential));
    }

    @Override
    public ExplainAnswer named(String what) {
        if (people.find(what).isEmpty() && ReferenceReport.isMeant(what)) {
            return references
                    .of(what)
                    .<ExplainAnswer>map(Told::new)
                    .orElseGet(
                            () ->
                                    new Refused(
                                            "Nothing is remembered under this reference number."
                                                    + " Search the gateway's log for request="
                                                    + what));
        }
        return withAccount(what, account -> new Told(persons.of(account)));
    }

    private ExplainAnswer withAccount(String named, Function<Account, ExplainAnswer> work) {
        List<Account> found = people.find(named);
        return switch (found.size()) {
            case 1 -> work.apply(found.getFirst());
            case 0 ->
                    new Refused(
                            TOKEN_LIKE.matcher(named).matches()
                                    ? "Nobody here is called so. If it is a token, give it by"
                                            + " --token, never in the command line."
                                    : "Nobody here is called '"
                                            + ForeignText.numbered(named)
                                            + "'. See: vestibule account list");
            default ->
                    new Refused(
                            "Several accounts are called '"
                                    + ForeignText.numbered(named)
                                    + "'. Give the id of one:\n"
                                    + found.stream()
                                            .map(OperatorExplain::candidate)
                                            .collect(Collectors.joining("\n")));
        };
    }

    private static String candidate(Account account) {
        return "  "
                + account.id()
                + "  "
                + ForeignText.numbered(account.username())
                + "  "
                + ForeignText.numbered(account.displayName())
                + "  last seen "
                + account.lastSeenAt();
    }
}
