package org.t5j.examples.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.T5Exception;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class LossComparisonTest {
    @TempDir
    Path directory;

    @Test
    void theLargestDifferenceIsRelativeToTheSecondRun() {
        LossComparison comparison = LossComparison.of(
                List.of(new StepLoss(1, 2, 1), new StepLoss(2, 1.1, 3), new StepLoss(3, 0, 0)),
                List.of(new StepLoss(1, 2, 2), new StepLoss(2, 1, 3), new StepLoss(3, 0, 0)));
        assertThat(comparison.largest()).isCloseTo(0.1, within(1e-12));
        assertThat(comparison.worstStep()).isEqualTo(2);
        assertThat(comparison.losses()[2]).isZero();
        assertThat(comparison.gradientNorms()[0]).isEqualTo(0.5);
    }

    @Test
    void runsMustBeAsLong() {
        List<StepLoss> one = List.of(new StepLoss(1, 2, 1));
        List<StepLoss> two = List.of(new StepLoss(1, 2, 1), new StepLoss(2, 2, 1));
        assertThatThrownBy(() -> LossComparison.of(one, two))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("first run has 1 steps and the second 2");
    }

    @Test
    void linesComeBackAsTheyWere() throws Exception {
        StepLoss loss = new StepLoss(1, 9.674542398226967, 1e-7);
        Path file = Files.writeString(directory.resolve("a.jsonl"), loss.toJson() + "\n");
        assertThat(loss.toJson()).isEqualTo("{\"step\":1,\"loss\":9.674542398226967,\"grad_norm\":1.0E-7}");
        assertThat(StepLoss.read(file)).containsExactly(loss);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"step\": 2, \"loss\": 1}                       | line 2 is to hold {\"step\": N",
                "{\"step\": 2, \"loss\": NaN, \"grad_norm\": 1}   | line 2 is not JSON",
                "{\"step\": 2, \"loss\": 1e999, \"grad_norm\": 1} | line 2 is to hold",
                "{\"step\": 3, \"loss\": 1, \"grad_norm\": 1}     | found 3 where step 2 is to be",
                "{\"step\": 2, \"los                              | line 2 is not JSON"
            })
    void otherLinesAreRefused(String line, String rule) throws Exception {
        Path file =
                Files.writeString(directory.resolve("a.jsonl"), new StepLoss(1, 2, 1).toJson() + "\n" + line + "\n");
        assertThatThrownBy(() -> StepLoss.read(file))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("a.jsonl")
                .hasMessageContaining(rule);
    }

    @Test
    void thePlotIsAnImageOfItsOwnWithBothCurves() throws Exception {
        List<StepLoss> first = new ArrayList<>();
        List<StepLoss> second = new ArrayList<>();
        for (int step = 1; step <= 500; step++) {
            first.add(new StepLoss(step, 9 - step / 100.0, 1));
            second.add(new StepLoss(step, 9.001 - step / 100.0, 1));
        }
        String svg = LossPlot.svg("<us>", first, "them & co", second);
        Document document = DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        assertThat(document.getDocumentElement().getTextContent()).contains("<us> (dashed), them & co");
        assertThat(svg)
                .contains("prefers-color-scheme: dark", "curve-1", "curve-2")
                .doesNotContain("NaN")
                .hasSizeLessThan(60_000);
    }
}
