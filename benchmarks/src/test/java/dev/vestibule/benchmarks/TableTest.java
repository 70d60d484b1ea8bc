package dev.vestibule.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class TableTest {

    @Test
    void columnsStandBelowEachOther() {
        Table table =
                Table.of(
                        "Costs",
                        List.of("answer", "ratio"),
                        List.of(List.of("1 KiB", "1.52"), List.of("100 KiB", "0.8")));

        assertThat(table.text())
                .isEqualTo(
                        """
                        Costs
                          answer    ratio
                          1 KiB     1.52
                          100 KiB   0.8
                        """);
    }
}
