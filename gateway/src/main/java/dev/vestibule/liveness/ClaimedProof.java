package dev.vestibule.liveness;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;

import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;

/// A proof that one question is being asked about; nobody else asks meanwhile.
///
/// @param claim names this question: what came of it is stored only while it stands
/// @param tokenSealed the refresh token, as [ProofClaims#open] opens it
/// @param isDoubtful whether the token may have been used up by an earlier question, so that its
///   refusal says nothing about the person
record ClaimedProof(
        Subject person, AccountId account, String claim, String tokenSealed, boolean isDoubtful) {

    static ClaimedProof fromRow(ResultSet row, StatementContext context) throws SQLException {
        return new ClaimedProof(
                new Subject(new Issuer(row.getString("issuer")), row.getString("subject")),
                new AccountId(row.getString("account_id")),
                row.getString("claim"),
                row.getString("token_sealed"),
                row.getBoolean("is_doubtful"));
    }
}
