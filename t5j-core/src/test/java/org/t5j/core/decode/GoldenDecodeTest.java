package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.t5j.core.T5Model;

/**
 * Greedy and beam outputs of the six recorded Hugging Face models: the same sequences, scores within 1e-4. How searches
 * behave on models made for it is in the other tests of this package.
 */
class GoldenDecodeTest {
    static final List<String> MODELS = GenerationFixture.MODELS;

    @ParameterizedTest
    @FieldSource("MODELS")
    void writesWhatHuggingFaceWrites(String name) throws URISyntaxException {
        GenerationFixture fixture = GenerationFixture.read(name);
        assertThat(fixture.runs()).hasSizeGreaterThanOrEqualTo(9);
        try (T5Model model = T5Model.load(
                Path.of(getClass().getResource("/golden/t5/" + name).toURI()))) {
            for (GenerationFixture.Run run : fixture.runs()) {
                compare(model, fixture, run);
            }
        }
    }

    private static void compare(T5Model model, GenerationFixture fixture, GenerationFixture.Run run) {
        int batch = fixture.inputIds().length;
        int length = fixture.inputIds()[0].length;
        int[] ids =
                Arrays.stream(fixture.inputIds()).flatMapToInt(Arrays::stream).toArray();
        int[] mask = Arrays.stream(fixture.attentionMask())
                .flatMapToInt(Arrays::stream)
                .toArray();
        try (DecoderState state = model.startDecoding(
                batch,
                length,
                ids,
                mask,
                run.config().rowsPerInput(),
                run.config().maxLength())) {
            List<Generated> outputs = Generator.generate(state, batch, run.config()).stream()
                    .flatMap(List::stream)
                    .toList();
            assertThat(outputs).as(run.name()).hasSameSizeAs(run.sequences());
            for (int i = 0; i < outputs.size(); i++) {
                assertThat(outputs.get(i).tokens())
                        .as("sequence %d of %s", i, run.name())
                        .isEqualTo(run.sequences().get(i));
                if (run.scores() != null) {
                    assertThat(outputs.get(i).score())
                            .as("score %d of %s", i, run.name())
                            .isCloseTo(run.scores()[i], within(1e-4));
                }
            }
        }
    }
}
