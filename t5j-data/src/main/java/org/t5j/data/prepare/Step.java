package org.t5j.data.prepare;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.clean.Document;
import org.t5j.data.clean.Removals;
import org.t5j.data.clean.Sentences;
import org.t5j.data.dedup.Flags;
import org.t5j.data.dedup.Units;
import org.t5j.tokenizer.FileReason;

/**
 * A kind of repetition that was found in all blocks and is removed whenever documents are read.
 *
 * @param name as in {@link DedupConfig#kinds()}
 * @param units that documents are cut into
 * @param flags of all units, in order: whether they are repeated
 * @param firstUnits number of units before each block
 * @param minSentences documents of which less is left are removed
 */
record Step(String name, Units units, Flags flags, long[] firstUnits, int minSentences) {

    /** File of a block: how many units each document has. */
    static String counts(String name) {
        return name + ".counts";
    }

    /** File of a block: the hash of each unit. */
    static String keys(String name) {
        return name + ".keys";
    }

    /** What is left of a document, or null. */
    String apply(Document document, String text, long firstUnit, int count, Removals removals) {
        if (count == 0) {
            return text;
        }
        Units.Rest rest = units.remove(text, flags.range(firstUnit, count));
        if (rest.removed().isEmpty()) {
            return text;
        }
        boolean gone = rest.text().isEmpty() || Sentences.of(rest.text()).size() < minSentences;
        removals.repeated(name, document, text, gone ? "" : rest.text(), rest.removed());
        return gone ? null : rest.text();
    }

    /** Applies steps to a block's documents, one after the other. */
    static final class Reader implements AutoCloseable {
        private final List<Step> steps;
        private final DataInputStream[] counts;
        private final long[] next;

        Reader(List<Step> steps, Block block) {
            this.steps = steps;
            counts = steps.stream().map(step -> block.open(counts(step.name()))).toArray(DataInputStream[]::new);
            next = steps.stream()
                    .mapToLong(step -> step.firstUnits()[block.number()])
                    .toArray();
        }

        /** Where the units of the next document stand, for {@link #apply}. */
        Place[] next() {
            Place[] places = new Place[counts.length];
            for (int i = 0; i < places.length; i++) {
                try {
                    places[i] = new Place(next[i], counts[i].readInt());
                } catch (IOException e) {
                    throw new DataException(
                            "Cannot read the counts of " + steps.get(i).name() + ": " + FileReason.of(e), e);
                }
                next[i] += places[i].count();
            }
            return places;
        }

        @Override
        public void close() {
            for (DataInputStream stream : counts) {
                try {
                    stream.close();
                } catch (IOException e) {
                    throw new DataException("Cannot close a file of counts: " + FileReason.of(e), e);
                }
            }
        }
    }

    /** Where the units of a document stand in {@link #flags()}. */
    record Place(long first, int count) {}

    /** What all steps leave of a document, or null. A pure function. */
    static String applyAll(List<Step> steps, Document document, Place[] places, Removals removals) {
        String text = document.text();
        for (int i = 0; i < places.length && text != null; i++) {
            text = steps.get(i).apply(document, text, places[i].first(), places[i].count(), removals);
        }
        return text;
    }
}
