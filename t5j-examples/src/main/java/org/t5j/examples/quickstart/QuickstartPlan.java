package org.t5j.examples.quickstart;

/**
 * The sizes of a quickstart: a model small enough to learn within minutes on two cores.
 *
 * @param vocabSize pieces of the vocabulary: few, so that unknown names are spelt from pieces that are known well
 * @param pretrainSteps updates by span corruption
 * @param finetuneSteps updates on the two tasks
 * @param evalExamples held-out examples that each task is evaluated on
 */
record QuickstartPlan(int vocabSize, long pretrainSteps, long finetuneSteps, int evalExamples) {

    /** What {@code bin/t5j quickstart} does: minutes on two cores. */
    static QuickstartPlan standard() {
        return new QuickstartPlan(1500, 500, 1500, 400);
    }

    /** The same with updates made fewer by {@code factor}, for a slower machine. */
    QuickstartPlan scaled(double factor) {
        return new QuickstartPlan(
                vocabSize,
                Math.max(1, Math.round(pretrainSteps * factor)),
                Math.max(1, Math.round(finetuneSteps * factor)),
                evalExamples);
    }
}
