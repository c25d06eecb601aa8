package org.t5j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
    /** All that OpenBLAS has code of its own for on x86. */
    private static final List<String> X86 = List.of(
            "Katmai",
            "Coppermine",
            "Northwood",
            "Prescott",
            "Banias",
            "Core2",
            "Penryn",
            "Dunnington",
            "Nehalem",
            "Sandybridge",
            "Haswell",
            "SkylakeX",
            "Cooperlake",
            "SapphireRapids",
            "Atom",
            "Nano",
            "Athlon",
            "Opteron",
            "Opteron_SSE3",
            "Barcelona",
            "Bobcat",
            "Bulldozer",
            "Piledriver",
            "Steamroller",
            "Excavator",
            "Zen");

    @Test
    void openBlasRunsCodeForOneCoreAndForNoneItDoesNotKnow() {
        assertThat(Machine.runsCodeFor("Bogus")).isFalse();
        assertThat(Machine.runsCodeFor("")).isFalse();
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the names are those of x86");
        assertThat(X86.stream().filter(Machine::runsCodeFor)).hasSize(1);
    }
}
