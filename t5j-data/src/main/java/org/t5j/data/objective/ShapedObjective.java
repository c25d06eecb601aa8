package org.t5j.data.objective;

/** An objective whose lengths are those of a {@link SegmentShape}. */
abstract class ShapedObjective implements Objective {
    final SegmentShape shape;

    ShapedObjective(SegmentShape shape) {
        this.shape = shape;
    }

    @Override
    public final int segmentLength() {
        return shape.segmentLength();
    }

    @Override
    public final int inputLength() {
        return shape.inputLength();
    }

    @Override
    public final int targetLength() {
        return shape.targetLength();
    }

    @Override
    public final boolean mergeExamples() {
        return shape.mergeExamples();
    }
}
