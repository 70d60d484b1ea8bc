/// Randomness, secrets that do not print themselves, token hashes, and sealing with the master key.
///
/// Entry: [Secrets] makes tokens, [Sealer] seals what must be read again, [TokenHash] stores what
/// need only be compared.
@NullMarked
package dev.vestibule.secret;

import org.jspecify.annotations.NullMarked;
