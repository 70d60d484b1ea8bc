package dev.vestibule.directory;

import dev.vestibule.resource.Filter;
import dev.vestibule.store.Database;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;

import java.util.ArrayList;
import java.util.List;

/// Finds resources. Safe to share between threads.
///
/// Rows come in pieces, each a short question to the database, and are shown and judged on the
/// caller's thread, so that a search through everything holds nobody up and needs memory for one
/// piece.
final class Searching {

    private final Database database;
    private final MemberStore members;

    Searching(Database database, MemberStore members) {
        this.database = database;
        this.members = members;
    }

    void search(TenantId tenant, Search search, Window window) {
        if (search.filter().isPresent()) {
            judgeEach(tenant, search, search.filter().get(), window);
        } else {
            listAll(new ResourceScan(tenant, search.kind(), Narrowing.NONE), search, window);
        }
    }

    private void listAll(ResourceScan scan, Search search, Window window) {
        List<DirectoryEntry> piece =
                database.read(
                        handle -> {
                            long offset = window.pass(scan.count(handle));
                            return window.isFull()
                                    ? List.of()
                                    : entries(handle, scan.from(handle, offset));
                        });
        while (!piece.isEmpty() && !window.isFull()) {
            for (DirectoryEntry entry : piece) {
                if (window.take() && !search.taken().test(search.shown().apply(entry))) {
                    window.close();
                }
            }
            StoredResource last = piece.getLast().resource();
            piece =
                    window.isFull()
                            ? List.of()
                            : database.read(handle -> entries(handle, scan.after(handle, last)));
        }
    }

    private void judgeEach(TenantId tenant, Search search, Filter filter, Window window) {
        ResourceScan scan =
                new ResourceScan(
                        tenant, search.kind(), Narrowing.of(search.kind(), filter.required()));
        List<StoredResource> piece = database.read(handle -> scan.from(handle, 0));
        while (!piece.isEmpty()) {
            show(search, onPage(search, filter, piece, window), window);
            StoredResource last = piece.getLast();
            piece = database.read(handle -> scan.after(handle, last));
        }
    }

    private List<StoredResource> onPage(
            Search search, Filter filter, List<StoredResource> piece, Window window) {
        List<DirectoryEntry> entries =
                search.readsGroups()
                        ? database.read(handle -> entries(handle, piece))
                        : piece.stream()
                                .map(resource -> new DirectoryEntry(resource, List.of()))
                                .toList();
        List<StoredResource> found = new ArrayList<>();
        for (DirectoryEntry entry : entries) {
            if (filter.matches(search.shown().apply(entry)) && window.admit()) {
                found.add(entry.resource());
            }
        }
        return found;
    }

    private void show(Search search, List<StoredResource> found, Window window) {
        if (found.isEmpty()) {
            return;
        }
        for (DirectoryEntry entry : database.read(handle -> entries(handle, found))) {
            if (!search.taken().test(search.shown().apply(entry))) {
                window.close();
                return;
            }
        }
    }

    private List<DirectoryEntry> entries(Handle handle, List<StoredResource> resources) {
        return DirectoryEntry.of(handle, members, resources);
    }
}
