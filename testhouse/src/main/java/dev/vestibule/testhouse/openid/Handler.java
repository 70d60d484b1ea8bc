package dev.vestibule.testhouse.openid;

/// Answers the requests of one endpoint; runs on a virtual thread and may wait.
interface Handler {
    Answer handle(ProviderRequest request);
}
