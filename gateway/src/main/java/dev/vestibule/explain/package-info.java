/// Says how the gateway judges and why: a request that nobody made, a credential, a person, a
/// refusal that somebody read. It looks and leaves no trace: what it judges by is asked of those
/// who judge at the door, and nothing is decided here.
///
/// Entry: [RequestWords] for a request that the door has rehearsed, [CredentialReport] for a token,
/// [PersonReport] for a person, whose ways in answer as [AskedWay]s, [ReferenceReport] for the
/// number on a page. Each ends in an [Explanation]. Knows nothing of how questions arrive.
@NullMarked
package dev.vestibule.explain;

import org.jspecify.annotations.NullMarked;
