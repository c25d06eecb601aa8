package org.t5j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.dataset.Dataset;
import org.t5j.data.dataset.PretrainingDataset;
import org.t5j.data.objective.ObjectiveConfig;
import org.t5j.data.objective.Objectives;
import org.t5j.data.source.Source;

/** Any place of any epoch at once. */
class DatasetCursorTest {
    private static final WordTokenizer TOKENIZER = new WordTokenizer();
    private static final Dataset CORPUS = PretrainingDataset.load(
            "corpus",
            Source.of(IntStream.range(0, 300)
                    .mapToObj(i -> Example.of((1000 + i + " ").repeat(1 + i % 40), ""))
                    .toList()),
            Example.INPUTS,
            Objectives.create(ObjectiveConfig.spanCorruption(32), TOKENIZER),
            TOKENIZER);

    @Test
    void anExampleIsTheOneThatComesAtItsPlace() {
        for (int window : new int[] {1, 50, 65_536}) {
            DatasetCursor drawing = new DatasetCursor(CORPUS, 5, window);
            List<DataPosition.Cursor> places = new ArrayList<>();
            List<TokenExample> drawn = new ArrayList<>();
            for (int i = 0; i < 700; i++) {
                drawing.remaining();
                places.add(drawing.position());
                drawn.add(drawing.next());
            }
            assertThat(places.get(699).epoch()).isGreaterThan(2);
            DatasetCursor asked = new DatasetCursor(CORPUS, 5, window);
            for (int i = 699; i >= 0; i -= 7) {
                DataPosition.Cursor place = places.get(i);
                assertThat(asked.example(place.epoch(), place.index())).isEqualTo(drawn.get(i));
                assertThat(asked.position().index())
                        .as("asking does not move the cursor")
                        .isZero();
                DatasetCursor restored = new DatasetCursor(CORPUS, 5, window);
                restored.restore(place);
                assertThat(restored.next()).isEqualTo(drawn.get(i));
                assertThat(place.drawn()).isEqualTo(i);
                assertThat(restored.position().drawn()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void aPlaceBeyondTheEpochIsRefused() {
        DatasetCursor cursor = new DatasetCursor(CORPUS, 5, 64);
        assertThatThrownBy(() -> cursor.restore(new DataPosition.Cursor("corpus", 1, 1L << 40)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("stands at example 1099511627776 of 'corpus'");
    }

    @Test
    void positionsOfEarlierVersionsAreRead() throws JsonProcessingException {
        String json = "{\"dataset\":\"a\",\"epoch\":2,\"index\":17}";
        assertThat(new ObjectMapper().readValue(json, DataPosition.Cursor.class))
                .isEqualTo(new DataPosition.Cursor("a", 2, 17));
        DatasetCursor cursor = new DatasetCursor(CORPUS, 5, 64);
        cursor.restore(new DataPosition.Cursor("corpus", 2, 17));
        cursor.next();
        assertThat(cursor.position()).isEqualTo(new DataPosition.Cursor("corpus", 2, 18, -1));
        cursor.restore(new DataPosition.Cursor("corpus", 0, 17));
        assertThat(cursor.position().drawn()).as("known in the first pass").isEqualTo(17);
    }
}
