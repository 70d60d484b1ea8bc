package dev.vestibule.http;

/// Answers a request. Runs on a virtual thread and may block; who may call it is stated in
/// `Routes`.
@FunctionalInterface
public interface Handler {

    Response handle(Request request);
}
