package dev.vestibule.shell;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

/// Writes what a client gets. A whole file always: `Range` is not honoured (RFC 9110 section 14.2
/// allows it), since nothing here is worth resuming.
final class ShellAnswers {

    private static final String RETRY_SECONDS = "5";

    private final ShellStore store;

    ShellAnswers(ShellStore store) {
        this.store = store;
    }

    Response of(CachedFile file, Request request) {
        String entityTag = file.header("etag").orElse("\"" + file.digest().substring(0, 32) + "\"");
        if (Conditions.isNotModified(request.headers(), entityTag, file.header("last-modified"))) {
            return described(Response.empty(304), file, entityTag);
        }
        Response answer = described(whole(file), file, entityTag);
        return file.header("content-encoding")
                .map(encoding -> answer.with("content-encoding", encoding))
                .orElse(answer);
    }

    private Response whole(CachedFile file) {
        String type = file.header("content-type").orElse("application/octet-stream");
        return Response.bytes(200, type, store.body(file));
    }

    private static Response described(Response bare, CachedFile file, String entityTag) {
        Response answer = bare.with("etag", entityTag).with("vary", "Accept-Encoding");
        for (Header header : file.headers()) {
            answer =
                    switch (header.name()) {
                        case "content-type", "content-encoding", "etag" -> answer;
                        default -> answer.with(header.name(), header.value());
                    };
        }
        // Kept by the browser, asked for every time: as without us, where nothing is said.
        return file.header("cache-control").isEmpty()
                ? answer.with("cache-control", "no-cache")
                : answer;
    }

    static Response notFound() {
        return Response.text(404, "404: Not Found").with("cache-control", "no-store");
    }

    static Response methodNotAllowed() {
        return Response.text(405, "405: Method Not Allowed").with("allow", "GET, HEAD");
    }

    static Response away() {
        return later("away");
    }

    static Response notSetUp() {
        return later("not-set-up");
    }

    private static Response later(String key) {
        return Pages.answer(
                        503,
                        Page.of(
                                text("shell." + key + ".title"),
                                new Paragraph(text("shell." + key + ".text"))))
                .with("cache-control", "no-store")
                .with("retry-after", RETRY_SECONDS);
    }
}
