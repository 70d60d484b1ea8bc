package dev.vestibule.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.ScimHouse;
import dev.vestibule.scim.ScimClient;

/// Who lives in the house besides the people of a pack: Ada, who came by herself, and the people of
/// another client, whose group is called as the pack's is.
final class Neighbours implements AutoCloseable {

    private final SignedInPerson ada;
    private final ScimClient other;
    private final String before;

    Neighbours(ScimHouse scim) {
        ada = new SignedInPerson(scim.house(), "ada");
        ada.comeIn();
        other = scim.client("another");
        other.createGroup("family", other.createUser("lodger"));
        before = everything();
    }

    private String everything() {
        return other.get("/Users").expect(200).text() + other.get("/Groups").expect(200).text();
    }

    void expectUntouched() {
        ada.expectIn();
        assertThat(everything()).isEqualTo(before);
    }

    @Override
    public void close() {
        ada.close();
    }
}
