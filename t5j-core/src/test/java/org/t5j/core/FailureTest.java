package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.layer.Additions;
import org.t5j.core.tensor.Nd4jBackend;

/** What fails leaves nothing behind: no memory, no threads, no search that computes in the memory of another. */
class FailureTest {
    private static final int[][] INPUTS = {{7, 8, 9, 1}, {11, 1}};

    private final FragileKernels fragile = new FragileKernels();

    @TempDir
    private Path directory;

    private static T5Config config(Architecture architecture) {
        return ArchitecturesTest.config(architecture, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2000, 5000})
    void aModelThatDoesNotFitHoldsNothing(long bytes) {
        fragile.limitMemory(bytes);
        assertThatThrownBy(() -> T5Model.create(config(Architecture.ENCODER_DECODER), 1, fragile.kernels()))
                .hasMessage("no memory is left");
        assertThat(fragile.backend().allocatedBytes()).isZero();
        assertThat(fragile.closed()).isTrue();
    }

    @Test
    void kernelsThatAreSharedStayOpenWhereAModelDoesNotLoad() {
        save("model");
        fragile.limitMemory(2000);
        assertThatThrownBy(() -> T5Model.load(directory.resolve("model"), fragile.kernels()))
                .hasMessage("no memory is left");
        assertThat(fragile.backend().allocatedBytes()).isZero();
        assertThat(fragile.closed()).isFalse();
    }

    private void save(String name) {
        try (T5Model model = T5Model.create(config(Architecture.ENCODER_DECODER), Additions.adapters(5), 1)) {
            model.save(directory.resolve(name));
        }
    }

    @Test
    void aModelThatDoesNotLoadLeavesNoThreads() throws Exception {
        save("other");
        save("damaged");
        Files.delete(directory.resolve("damaged/checksums.json"));
        Path json = directory.resolve("damaged/config.json");
        Files.writeString(json, Files.readString(json).replace("\"d_ff\" : 12", "\"d_ff\" : 13"));
        int threads = Nd4jBackend.threads();
        Nd4jBackend.setThreads(3);
        try {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> T5Model.load(directory.resolve("other"), Additions.adapters(6), 1))
                        .hasMessageContaining("adapters of inner width 5, not 6");
                assertThatThrownBy(() -> T5Model.load(directory.resolve("damaged")))
                        .hasMessageContaining("do not fit the model");
            }
            long end = System.nanoTime() + 5_000_000_000L;
            while (EnsembleTest.helpers() > 0 && System.nanoTime() < end) {
                Thread.sleep(5);
            }
            assertThat(EnsembleTest.helpers()).isZero();
        } finally {
            Nd4jBackend.setThreads(threads);
        }
    }

    /** At the encoder's attention, at the first product, and at what is kept of what was read. */
    @ParameterizedTest
    @CsvSource({
        "ENCODER_DECODER, attention",
        "ENCODER_DECODER, matmul",
        "SHARED, gatherRows",
        "DECODER_LM, attention",
        "DECODER_PREFIX_LM, copy",
        "DECODER_LM, rmsNorm"
    })
    void aSearchThatCannotBeginGivesItsMemoryBack(Architecture architecture, String operation) {
        try (T5Model model = T5Model.create(config(architecture), 1, fragile.kernels())) {
            DecoderState other = model.startDecoding(INPUTS, 2, 8);
            other.step(new int[4]);
            other.step(new int[4]);
            model.startDecoding(INPUTS, 2, 8).close();
            long held = fragile.backend().allocatedBytes();
            for (int i = 0; i < 3; i++) {
                fragile.breakDown(operation);
                assertThatThrownBy(() -> model.startDecoding(INPUTS, 2, 8)).hasMessage(operation + " fails");
                fragile.breakDown("");
                assertThat(other.step(new int[4])).hasSize(4 * 19);
                model.startDecoding(INPUTS, 2, 8).close();
            }
            assertThat(fragile.backend().allocatedBytes()).isEqualTo(held);
            other.close();
        }
        assertThat(fragile.backend().allocatedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"ENCODER_DECODER", "DECODER_LM"})
    void aSearchThatDoesNotFitGivesItsMemoryBack(Architecture architecture) {
        int[][] many = new int[64][40];
        for (int[] input : many) {
            java.util.Arrays.fill(input, 5);
        }
        try (T5Model model = T5Model.create(config(architecture), 1, fragile.kernels())) {
            model.startDecoding(many, 8, 300).close();
            long held = fragile.backend().allocatedBytes();
            fragile.limitMemory(held - 1);
            assertThatThrownBy(() -> model.startDecoding(many, 8, 600)).hasMessage("no memory is left");
            fragile.limitMemory(Long.MAX_VALUE);
            assertThatCode(() -> model.startDecoding(many, 8, 300).close()).doesNotThrowAnyException();
            assertThat(fragile.backend().allocatedBytes()).isLessThanOrEqualTo(2 * held);
        }
        assertThat(fragile.backend().allocatedBytes()).isZero();
    }

    @Test
    void aSearchThatWasClosedDoesNotComputeInTheMemoryOfTheNext() {
        try (T5Model model = T5Model.create(config(Architecture.DECODER_LM), 1, fragile.kernels())) {
            DecoderState closed = model.startDecoding(INPUTS, 1, 8);
            closed.close();
            closed.close();
            try (DecoderState next = model.startDecoding(INPUTS, 1, 8);
                    DecoderState third = model.startDecoding(INPUTS, 1, 8)) {
                assertThatThrownBy(() -> closed.step(new int[2])).isInstanceOf(IllegalStateException.class);
                assertThat(next.step(new int[2])).isEqualTo(third.step(new int[2]));
            }
        }
    }

    @Test
    void aDecoderAloneIsNotGivenAnotherStartToken() {
        GenerationConfig other =
                GenerationConfig.builder().maxLength(5).startTokenId(3).build();
        try (T5Model model = T5Model.create(config(Architecture.DECODER_PREFIX_LM), 1, fragile.kernels())) {
            assertThatThrownBy(() -> model.generate(INPUTS, other))
                    .isInstanceOf(T5Exception.class)
                    .hasMessage("A decoder without an encoder reads its start token before the inputs, so that"
                            + " startTokenId must be the model's decoder_start_token_id 0, found 3");
        }
    }

    @Test
    void closingTwiceIsClosingOnce() {
        T5Model model = T5Model.create(config(Architecture.SHARED), 1);
        DecoderState state = model.startDecoding(INPUTS, 2, 8);
        model.close();
        model.close();
        state.close();
        state.close();
        assertThat(model.backend().allocatedBytes()).isZero();
    }
}
