package dev.vestibule.scim;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// A page of resources (RFC 7644 section 3.4.2), written while they are found: trees of some
/// hundred resources would need several times its memory. Used by one thread.
final class ListResponse {

    static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /// A page that is as large is not continued. One resource more may be as large again.
    private static final int BYTES_ENOUGH = 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Bytes bytes = new Bytes();
    private final JsonGenerator out;
    private int count;

    private static final class Bytes extends ByteArrayOutputStream {

        ByteBuffer whole() {
            return ByteBuffer.wrap(buf, 0, super.count);
        }
    }

    ListResponse() {
        try {
            out = JSON.createGenerator(bytes, JsonEncoding.UTF8);
            out.writeStartObject();
            out.writeArrayFieldStart("schemas");
            out.writeString(SCHEMA);
            out.writeEndArray();
            out.writeArrayFieldStart("Resources");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// @return false where the page is large enough
    boolean add(ObjectNode resource) {
        try {
            out.writeTree(resource);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        count++;
        return bytes.size() < BYTES_ENOUGH;
    }

    /// Clients go on at `startIndex` and what they were given: so the number on the page is what is
    /// said, whatever was asked for.
    ByteBuffer finish(long total, long startIndex) {
        try {
            out.writeEndArray();
            out.writeNumberField("totalResults", total);
            out.writeNumberField("startIndex", startIndex);
            out.writeNumberField("itemsPerPage", count);
            out.writeEndObject();
            out.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.whole();
    }
}
