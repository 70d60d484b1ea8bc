package dev.vestibule.liveness;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Subject;

/// A person for whom nobody has vouched for as long as the configuration allows.
record LapsedProof(Subject person, AccountId account) {}
