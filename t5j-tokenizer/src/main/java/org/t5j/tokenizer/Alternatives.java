package org.t5j.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.t5j.tokenizer.NBestSegmenter.Scored;
import org.t5j.tokenizer.bytes.Bytes;

/**
 * Goes through the best segmentations of a text, which may have several parts between special tokens: a segmenter for
 * one text and one thread. It is given all parts again for each alternative, in the same order.
 */
final class Alternatives implements Segmenter {

    private final NBestSegmenter segmenter;
    private final int size;
    private final List<List<Scored>> parts = new ArrayList<>();
    private List<Choice> choices = List.of();
    private int current;
    private int part;

    /** One segmentation of each part, by its index. */
    private record Choice(List<Integer> indices, double score) {
        Choice with(int index, double more) {
            List<Integer> all = new ArrayList<>(indices);
            all.add(index);
            return new Choice(all, score + more);
        }
    }

    /** @param size the most alternatives, 1 or more */
    Alternatives(NBestSegmenter segmenter, int size) {
        this.segmenter = segmenter;
        this.size = size;
    }

    @Override
    public void segment(Bytes text, Segmentation out) {
        if (current == 0) {
            parts.add(segmenter.nBest(text, size));
        }
        int index = current == 0 ? 0 : choices.get(current).indices.get(part);
        out.set(parts.get(part++).get(index).pieces());
    }

    /** Goes on to the next best alternative; returns false if there is none. */
    boolean next() {
        if (current == 0) {
            choices = combine();
        }
        part = 0;
        return ++current < choices.size();
    }

    private List<Choice> combine() {
        List<Choice> combined = List.of(new Choice(List.of(), 0));
        for (List<Scored> found : parts) {
            List<Choice> longer = new ArrayList<>();
            for (Choice choice : combined) {
                for (int i = 0; i < found.size(); i++) {
                    longer.add(choice.with(i, found.get(i).score()));
                }
            }
            boolean inOrder = combined.size() == 1 || found.size() == 1;
            if (!inOrder) {
                longer.sort(Comparator.comparingDouble(Choice::score).reversed());
            }
            combined = List.copyOf(longer.subList(0, Math.min(size, longer.size())));
        }
        return combined;
    }
}
