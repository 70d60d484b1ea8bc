package dev.vestibule.visit;

import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part.Pager;
import dev.vestibule.http.Request;
import dev.vestibule.store.Cursor;

import java.util.Optional;

/// A list of a page of ours that may be too long for one page, and where in it somebody is.
///
/// @param first the address of its first page, with what is looked for
/// @param after what this page begins after, where the newest come first
public record LongList(LocalAddress first, Cursor after) {

    private static final String AFTER = "after";

    /// @param first the address of its first page, with what is looked for
    public static LongList of(LocalAddress first, Request request) {
        return new LongList(
                first, request.query().single(AFTER).flatMap(Cursor::parse).orElse(Cursor.NEWEST));
    }

    public boolean isFirstPage() {
        return after.equals(Cursor.NEWEST);
    }

    /// @param next what the next page begins after; empty on the last one
    public Pager pager(Optional<Cursor> next) {
        return new Pager(
                Optional.empty(),
                next.map(place -> first.with(AFTER, place.toString()).toString()));
    }
}
