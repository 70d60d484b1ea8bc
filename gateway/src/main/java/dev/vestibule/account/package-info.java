/// People as the gateway knows them, and the identities that prove who they are.
///
/// Entry: [AccountStore]. An account is found by `(issuer, subject)` and by nothing else; an e-mail
/// address links nothing. What a person's end means for sessions and grants is not known here.
@NullMarked
package dev.vestibule.account;

import org.jspecify.annotations.NullMarked;
