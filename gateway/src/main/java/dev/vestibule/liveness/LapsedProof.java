package dev.vestibule.liveness;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;

import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;

/// A person for whom nobody has vouched for as long as the configuration allows.
record LapsedProof(Subject person, AccountId account) {

    static LapsedProof fromRow(ResultSet row, StatementContext context) throws SQLException {
        return new LapsedProof(
                new Subject(new Issuer(row.getString("issuer")), row.getString("subject")),
                new AccountId(row.getString("account_id")));
    }
}
