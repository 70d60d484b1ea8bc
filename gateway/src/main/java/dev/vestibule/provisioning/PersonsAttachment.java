package dev.vestibule.provisioning;

/// As [Attachment], on the word of the person themselves, who proves the user's login. A type of
/// its own, so that nobody who proved a password gets what only an administrator gives away.
public interface PersonsAttachment extends Attachment {}
