package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.file.FileNotWritten;
import dev.vestibule.file.OwnersFile;
import dev.vestibule.foreign.ForeignText;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The file by which the operator hands the new logins out: readable by its owner only, and whole
/// or not there at all. Each leaving has a file of its own, so that what was handed out before is
/// never overwritten: two leavings do not begin in one millisecond. Used by one thread at a time.
final class LoginFile {

    private final Path directory;
    private final HomeId home;
    private final AccountStore accounts;

    LoginFile(Path directory, HomeId home, AccountStore accounts) {
        this.directory = directory;
        this.home = home;
        this.accounts = accounts;
    }

    /// @param since when the leaving began
    Path of(Instant since) {
        return directory.resolve("new-logins-" + home + "-" + since.toEpochMilli() + ".txt");
    }

    /// The file of a leaving, where it is still there.
    Optional<Path> find(Instant since) {
        return Optional.of(of(since)).filter(Files::exists);
    }

    /// As [#write]; where nobody gets a login after all, no file stays, nor the draft that a crash
    /// left of one.
    void keep(Instant since, List<NewLogin> logins) {
        if (logins.isEmpty()) {
            delete(of(since));
        } else {
            write(since, logins);
        }
    }

    private static void delete(Path file) {
        try {
            OwnersFile.delete(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(
                    file + " cannot be removed: " + problem.getMessage(), problem);
        }
    }

    /// Writes all of them. It is on the disk when this returns.
    ///
    /// @throws FileNotWritten where it cannot be
    void write(Instant since, List<NewLogin> logins) {
        StringBuilder text = new StringBuilder();
        text.append("# Logins at Home Assistant ('").append(home).append("'), for its people.\n");
        text.append("# Hand each to its person, who chooses a password of their own under their\n");
        text.append("# profile, Security. Then delete this file: nobody else has it.\n");
        text.append("# USER NAME<tab>PASSWORD<tab>PERSON\n");
        for (NewLogin login : logins) {
            text.append(login.username())
                    .append('\t')
                    .append(login.password().reveal())
                    .append('\t')
                    .append(person(login.account()))
                    .append('\n');
        }
        OwnersFile.replace(of(since), text.toString());
    }

    /// A name comes from a provider: it must not make lines of its own.
    private String person(AccountId account) {
        return accounts.find(account).map(Account::displayName).map(ForeignText::marked).orElse("");
    }
}
