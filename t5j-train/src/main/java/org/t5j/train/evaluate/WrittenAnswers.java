package org.t5j.train.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.t5j.core.SequenceModel;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.EvalBatch;
import org.t5j.data.batch.EvalBatches;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/** The answers that a model writes. */
final class WrittenAnswers implements Answers {
    private final EvalBatches batches;
    private final Tokenizer tokenizer;
    private final GenerationConfig search;

    /** @param numBeams where the task does not say how its outputs are written */
    WrittenAnswers(Task task, EvalBatches batches, Tokenizer tokenizer, int numBeams) {
        this.batches = batches;
        this.tokenizer = tokenizer;
        this.search = TaskDecoding.of(task, numBeams);
    }

    @Override
    public Found find(SequenceModel model) {
        List<String> texts = batches.inOrder(batches.byLength(), batch -> write(model, batch));
        return new Found(batches.examples(), texts, Map.of());
    }

    private List<String> write(SequenceModel model, EvalBatch each) {
        Batch batch = each.batch();
        GenerationConfig config = search.ofBatch(each.indices().get(0)).toBuilder()
                .startTokenId(model.config().decoderStartTokenId())
                .eosTokenId(model.config().eosTokenId())
                .padTokenId(model.config().padTokenId())
                .build();
        int[][] inputs =
                IntStream.range(0, batch.size()).mapToObj(batch::inputs).toArray(int[][]::new);
        return model.generate(inputs, config).stream()
                .map(outputs -> tokenizer.decodeOutput(outputs.get(0).tokens()))
                .toList();
    }

    @Override
    public Set<String> scoreNames() {
        return Set.of();
    }
}
