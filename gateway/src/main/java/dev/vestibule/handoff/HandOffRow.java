package dev.vestibule.handoff;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Proof;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SignInWay;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// A row of the table `hand_off`, as [HandOffStore] keeps it.
///
/// @param tries how often a code was typed
/// @param code null until somebody proved who they are
/// @param codeExpiresAt in milliseconds; says nothing without a code
record HandOffRow(
        ShortCode link,
        ClientRequest app,
        String device,
        String address,
        int tries,
        Instant begunAt,
        @Nullable Code code,
        long codeExpiresAt) {

    static final String COLUMNS =
            """
            link, request, device, address, tries, begun_at,
            code_hash, account_id, account_epoch, way, proof_key,
            code_expires_at
            """;

    /// The code that somebody holds.
    ///
    /// @param epoch of the account, when it was given
    /// @param proof what it was given for
    record Code(TokenHash kept, AccountId account, long epoch, Proof proof) {

        boolean is(ShortCode link, ShortCode typed) {
            return MessageDigest.isEqual(bytes(kept), bytes(hash(link, typed)));
        }

        private static byte[] bytes(TokenHash hash) {
            return hash.hex().getBytes(StandardCharsets.US_ASCII);
        }
    }

    /// The link goes in, so that a code is right for one hand-off only.
    static TokenHash hash(ShortCode link, ShortCode code) {
        return TokenHash.of(new Secret(link.value() + "." + code.value()));
    }

    static HandOffRow of(ResultSet row) throws SQLException {
        return new HandOffRow(
                new ShortCode(row.getString("link")),
                app(row.getString("request")),
                row.getString("device"),
                row.getString("address"),
                row.getInt("tries"),
                Instant.ofEpochMilli(row.getLong("begun_at")),
                code(row),
                row.getLong("code_expires_at"));
    }

    private static @Nullable Code code(ResultSet row) throws SQLException {
        String hash = row.getString("code_hash");
        return hash == null
                ? null
                : new Code(
                        new TokenHash(hash),
                        new AccountId(row.getString("account_id")),
                        row.getLong("account_epoch"),
                        new Proof(
                                SignInWay.valueOf(row.getString("way")),
                                row.getString("proof_key")));
    }

    private static ClientRequest app(String stored) {
        return switch (Destination.of(stored)) {
            case Destination.Client(var request) -> request;
            case Destination.Page _, Destination.HandOff _ ->
                    throw new IllegalStateException("no app waits there");
        };
    }

    /// @param now in milliseconds
    Optional<Code> codeAt(long now) {
        return Optional.ofNullable(code).filter(_ -> codeExpiresAt > now);
    }

    /// @param now in milliseconds
    HandOff handOff(long now) {
        return new HandOff(link, app, device, address, begunAt, codeAt(now).isPresent());
    }
}
