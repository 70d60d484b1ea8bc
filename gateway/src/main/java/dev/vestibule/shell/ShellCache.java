package dev.vestibule.shell;

import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.shell.ShellStore.Found;
import dev.vestibule.shell.ShellTarget.Asset;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Answers the front end's own files to everybody, from the gateway's own copy. No byte of a
/// request reaches Home Assistant; what is not at hand is fetched on the gateway's own behalf, if a
/// cached document names it.
///
/// One per home. Safe to share between threads; whoever made it closes it, and its source with it.
/// Waits for Home Assistant for a limited time, so never call it on an event loop. The query is not
/// looked at: `?external_auth=1` and `?code=…` are read by the page's own script.
public final class ShellCache implements Handler, AutoCloseable {

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final InstantSource time;
    private final ShellLimits limits;
    private final ShellStore store;
    private final ShellIndex index;
    private final Fetches fetches;
    private final ShellAnswers answers;
    private final PanelNames panels;

    /// @param directory of this home alone; made where it is missing
    /// @throws java.io.UncheckedIOException where the directory cannot be used
    public ShellCache(InstantSource time, Path directory, ShellSource source, ShellLimits limits) {
        this.time = time;
        this.limits = limits;
        this.store = new ShellStore(time, directory, limits);
        this.index = new ShellIndex(store, limits);
        this.fetches = new Fetches(time, store, source, limits, index);
        this.answers = new ShellAnswers(store);
        this.panels = new PanelNames(directory.resolve("panels"));
    }

    /// Sets the first path segments that open the front end's page; they survive a restart.
    public void panels(Set<String> firstSegments) {
        panels.replace(firstSegments);
    }

    /// Home Assistant was updated or restarted: every copy is asked for again, the documents that
    /// name the others at once, the rest when it is next wanted.
    public void homeAssistantChanged() {
        store.startAfresh();
        fetches.startAfresh();
        store.all().stream()
                .map(CachedFile::key)
                .filter(key -> key.path().lastIndexOf('/') == 0)
                .forEach(fetches::refresh);
    }

    /// Answers anybody.
    @Override
    public Response handle(Request request) {
        return answer(request, index::names);
    }

    /// Answers a caller whose credential was proven: also files that no document names, such as
    /// pictures whose names a script puts together. They are cached for everybody from then on.
    public Handler forSignedIn() {
        return request -> answer(request, _ -> true);
    }

    /// Which files may be asked for.
    private interface Rule {
        boolean mayFetch(Asset asset);
    }

    private Response answer(Request request, Rule rule) {
        if (!METHODS.contains(request.method())) {
            return ShellAnswers.methodNotAllowed();
        }
        return switch (ShellTarget.of(request.target(), panels.names())) {
            case ShellTarget.Index() -> document(request, ShellTarget.INDEX_PATH);
            case ShellTarget.Fixed(var path) -> document(request, path);
            case Asset asset -> asset(request, asset, rule);
            case ShellTarget.Unknown() -> ShellAnswers.notFound();
        };
    }

    private Response document(Request request, String path) {
        List<Representation> keys = keys(request, path);
        return fromStore(request, keys).orElseGet(() -> fetched(request, keys));
    }

    private Response asset(Request request, Asset asset, Rule rule) {
        List<Representation> keys = keys(request, asset.path());
        return fromStore(request, keys)
                .orElseGet(
                        () ->
                                rule.mayFetch(asset)
                                        ? fetched(request, keys)
                                        : ShellAnswers.notFound());
    }

    /// The representations that the client takes, the best first.
    private static List<Representation> keys(Request request, String path) {
        List<ContentEncoding> encodings =
                DocumentKind.isCompressed(path)
                        ? List.of(ContentEncoding.IDENTITY)
                        : AcceptEncoding.best(request.headers());
        return encodings.stream().map(encoding -> new Representation(path, encoding)).toList();
    }

    private Optional<Response> fromStore(Request request, List<Representation> keys) {
        return store.find(keys.getFirst())
                .flatMap(
                        found ->
                                switch (freshness(found)) {
                                    case FRESH -> Optional.of(answers.of(found.file(), request));
                                    case STALE -> {
                                        fetches.refresh(keys.getFirst());
                                        yield Optional.of(answers.of(found.file(), request));
                                    }
                                    case EXPIRED -> Optional.empty();
                                });
    }

    private Freshness freshness(Found found) {
        return Freshness.of(found, limits, time.instant());
    }

    private Response fetched(Request request, List<Representation> keys) {
        Representation key = keys.getFirst();
        if (fetches.isAbsent(key.path())) {
            return ShellAnswers.notFound();
        }
        return switch (fetches.fetch(key)) {
            case FetchResult.Stored(var found) -> answers.of(found.file(), request);
            case FetchResult.Missing() -> ShellAnswers.notFound();
            case FetchResult.NotSetUp() -> ShellAnswers.notSetUp();
            case FetchResult.Away() -> inAnotherEncoding(request, keys);
        };
    }

    /// A copy in a worse encoding beats none.
    private Response inAnotherEncoding(Request request, List<Representation> keys) {
        return keys.stream()
                .flatMap(key -> store.find(key).stream())
                .filter(found -> freshness(found) != Freshness.EXPIRED)
                .findFirst()
                .map(found -> answers.of(found.file(), request))
                .orElseGet(ShellAnswers::away);
    }

    @Override
    public void close() {
        fetches.close();
        index.close();
    }
}
