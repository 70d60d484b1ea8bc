package dev.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CursorTest {

    @Test
    void whatWasWrittenIsRead() {
        Cursor cursor = new Cursor(1_764_167_563_000L, "0193e2a4-7c5e-7d6f-8a1b-2c3d4e5f6a7b");

        assertThat(Cursor.parse(cursor.toString())).contains(cursor);
    }

    @Test
    void whatIsNoPlaceIsNone() {
        assertThat(Cursor.parse("")).isEmpty();
        assertThat(Cursor.parse("1.x")).isEmpty();
        assertThat(Cursor.parse("99999999999999999999.00000000-0000-0000-0000-000000000000"))
                .isEmpty();
    }
}
