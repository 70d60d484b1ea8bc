package dev.vestibule.telling;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.http.Language;
import dev.vestibule.http.Text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells lines of the audit log as sentences. Safe to share between threads; waits for the
/// database.
public final class Telling {

    /// Which fields may hold the id of an account.
    private static final List<String> WHO = List.of("accountId", "formerAccountId", "who", "by");

    private final AccountStore accounts;
    private final IssuerNames issuers;
    private final boolean isOfSeveralHomes;

    public Telling(AccountStore accounts, GatewayConfig config) {
        this(accounts, new IssuerNames(config.providers()), config.homes().size() > 1);
    }

    /// @param isOfSeveralHomes whether sentences say at which home it was
    public Telling(AccountStore accounts, IssuerNames issuers, boolean isOfSeveralHomes) {
        this.accounts = accounts;
        this.issuers = issuers;
        this.isOfSeveralHomes = isOfSeveralHomes;
    }

    /// @return a sentence for each line, in their order
    public List<Text> tell(List<AuditLine> lines) {
        Words words = new Words(names(lines), issuers);
        return lines.stream().map(line -> tell(line, words)).toList();
    }

    /// As [#tell], for a terminal, which shows no marks of the direction of writing. English, as
    /// the command line is.
    public List<String> tellPlainly(List<AuditLine> lines) {
        return tell(lines).stream()
                .map(sentence -> Foreign.withoutIsolates(sentence.in(Language.ENGLISH)))
                .toList();
    }

    /// Why, from a code that the log keeps.
    public static Text reason(String code) {
        return ReasonWords.of(code);
    }

    private Text tell(AuditLine line, Words words) {
        Optional<AuditEvent> event = line.event();
        if (event.isEmpty()) {
            return text("audit.unknown-event", Foreign.of(line.kind()));
        }
        Text sentence = new Sentences(words, line.address()).of(event.get());
        String home = line.fields().getOrDefault("homeId", "");
        return isOfSeveralHomes && !home.isEmpty()
                ? text("audit.in-home", sentence, Foreign.of(home))
                : sentence;
    }

    /// Who is who, of all lines at once.
    private Map<String, String> names(List<AuditLine> lines) {
        Map<String, String> names = new HashMap<>();
        lines.stream()
                .flatMap(Telling::ids)
                .distinct()
                .flatMap(id -> accounts.find(new AccountId(id)).stream())
                .forEach(account -> names.put(account.id().value(), account.username()));
        return names;
    }

    private static Stream<String> ids(AuditLine line) {
        Map<String, String> fields = line.fields();
        return Stream.concat(
                        WHO.stream().map(field -> fields.getOrDefault(field, "")),
                        Stream.of(line.address()))
                .map(
                        who ->
                                who.startsWith(Words.ACCOUNT)
                                        ? who.substring(Words.ACCOUNT.length())
                                        : who)
                .filter(Words::isId);
    }
}
