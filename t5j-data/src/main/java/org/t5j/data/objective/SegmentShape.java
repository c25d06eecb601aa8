package org.t5j.data.objective;

/**
 * How long the segments and the examples of an objective are; see {@link Objective} for each.
 *
 * @param segmentLength tokens cut from the corpus for one example, at most
 * @param inputLength length of the inputs at most, end-of-sequence token included
 * @param targetLength length of the targets likewise
 * @param mergeExamples whether documents are joined before they are cut
 */
public record SegmentShape(int segmentLength, int inputLength, int targetLength, boolean mergeExamples) {}
