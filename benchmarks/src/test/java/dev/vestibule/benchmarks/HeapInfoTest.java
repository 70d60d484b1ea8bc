package dev.vestibule.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class HeapInfoTest {

    private static final String SERIAL =
            """
            4711:
            DefNew     total 5120K, used 181K [0x00000000fa000000, 0x00000000fa580000)
              eden space 4608K,   3% used [0x00000000fa000000, 0x00000000fa02d5a0)
              from space 512K,   0% used [0x00000000fa480000, 0x00000000fa480000)
            Tenured    total 10944K, used 3019K [0x00000000fc000000, 0x00000000fcab0000)
             the  space 10944K,  27% used [0x00000000fc000000, 0x00000000fc2f2d80)
            Metaspace       used 5215K, committed 5376K, reserved 1114112K
              class space    used 515K, committed 576K, reserved 1048576K
            """;

    @Test
    void bothGenerationsCountAndClassesDoNot() {
        assertThat(HeapInfo.bytesUsed(SERIAL)).isEqualTo((181 + 3019) * 1024);
    }

    @Test
    void anotherCollectorIsSaidToBeAnother() {
        assertThatExceptionOfType(BenchmarkFailed.class)
                .isThrownBy(() -> HeapInfo.bytesUsed("garbage-first heap total 1K, used 1K"));
    }

    @Test
    void theHeapOfARunningJvmIsRead() {
        assertThat(HeapInfo.bytesUsed(HeapInfo.jcmd(ProcessHandle.current().pid(), "GC.heap_info")))
                .isPositive();
    }
}
