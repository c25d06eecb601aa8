package org.t5j.train.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.t5j.core.T5Model;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.EvalBatches;
import org.t5j.tokenizer.Tokenizer;

/** The answers that a model writes. */
final class WrittenAnswers implements Answers {
    private final EvalBatches batches;
    private final Tokenizer tokenizer;
    private final int maxLength;
    private final int numBeams;

    WrittenAnswers(EvalBatches batches, Tokenizer tokenizer, int maxLength, int numBeams) {
        this.batches = batches;
        this.tokenizer = tokenizer;
        this.maxLength = maxLength;
        this.numBeams = numBeams;
    }

    @Override
    public Found find(T5Model model) {
        List<String> texts = batches.inOrder(batches.byLength(), batch -> write(model, batch.batch()));
        return new Found(batches.examples(), texts, Map.of());
    }

    private List<String> write(T5Model model, Batch batch) {
        GenerationConfig config = GenerationConfig.builder()
                .maxNewTokens(maxLength)
                .numBeams(numBeams)
                .startTokenId(model.config().decoderStartTokenId())
                .eosTokenId(model.config().eosTokenId())
                .padTokenId(model.config().padTokenId())
                .build();
        return model.generate(rows(batch), config).stream()
                .map(outputs -> tokenizer.decodeOutput(outputs.get(0).tokens()))
                .toList();
    }

    /** The inputs without their padding. */
    private static int[][] rows(Batch batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(row -> Arrays.stream(
                                batch.inputIds(), row * batch.inputLength(), (row + 1) * batch.inputLength())
                        .filter(id -> id != Batch.PAD)
                        .toArray())
                .toArray(int[][]::new);
    }

    @Override
    public Set<String> scoreNames() {
        return Set.of();
    }
}
