/// What setting up a gateway takes, whoever asks the questions: `vestibule setup` in a terminal, or
/// the page of a first run.
///
/// Judge one answer after the other, each gives a [Judged]: [SetupAddresses] for the addresses,
/// [SetupPreset] for the provider and the values that matter there, [ProviderProbe] for its
/// discovery document and keys, [Registration] for what to paste there, [TrialSignIn] for a sign-in
/// that shows what would be made of a person, [RoleAnswers] for groups, [AdministratorSignIn] for
/// the token. [SetupPlan] is all of it, and [SetupFiles] writes it.
///
/// What is explained about a product is a [dev.vestibule.http.Text]: the terminal takes its
/// English.
///
/// Knows nothing of terminals and of requests.
@NullMarked
package dev.vestibule.setup;

import org.jspecify.annotations.NullMarked;
