package org.t5j.train.run;

import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.SequenceModel;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.Tokenizer;

/** A model, or several together, with its vocabulary. Owns the model. */
record TextModel(ModelDirectories files, SequenceModel model, Tokenizer tokenizer) implements AutoCloseable {
    static final int MAX_INPUT_LENGTH = 512;
    private static final Logger LOG = LoggerFactory.getLogger(TextModel.class);
    private static final int SHOWN = 60;

    TextModel {
        int rows = model.config().vocabSize();
        if (tokenizer.vocabSize() > rows) {
            throw new T5Exception("The vocabulary has " + tokenizer.vocabSize() + " ids, sentinels included, but the"
                    + " model only " + rows + " embeddings; use the vocabulary that the model was trained with");
        }
    }

    /** Reads the model while another thread reads the vocabulary. */
    static TextModel load(ModelDirectories files, Supplier<? extends Tokenizer> vocabulary) {
        FutureTask<Tokenizer> reading = new FutureTask<>(vocabulary::get);
        Thread reader = new Thread(reading, "vocabulary");
        reader.setDaemon(true);
        reader.start();
        SequenceModel model = files.load();
        try {
            return new TextModel(files, model, result(reading));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static Tokenizer result(FutureTask<Tokenizer> reading) {
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new T5Exception("Interrupted while the vocabulary was read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new T5Exception("The vocabulary cannot be read: " + e.getCause(), e);
        }
    }

    static int checkedInputLength(int tokens) {
        if (tokens < 1) {
            throw new T5Exception("maxInputLength must be at least 1, found " + tokens);
        }
        return tokens;
    }

    /** The ids of an input and the end of sequence; a longer one is cut to {@code maxLength} tokens, with a warning. */
    int[] encodeInput(String text, int maxLength) {
        int[] ids = tokenizer.encode(text);
        if (ids.length >= maxLength) {
            LOG.warn(
                    "An input of {} tokens is cut to {}, the greatest input length: {}",
                    ids.length + 1,
                    maxLength,
                    text.substring(0, Math.min(SHOWN, text.length())));
        }
        return ended(ids, Math.min(ids.length, maxLength - 1));
    }

    /** The ids of a target and the end of sequence. */
    int[] encodeTarget(String text) {
        int[] ids = tokenizer.encode(text);
        return ended(ids, ids.length);
    }

    private int[] ended(int[] ids, int kept) {
        int[] ended = Arrays.copyOf(ids, kept + 1);
        ended[kept] = model.config().eosTokenId();
        return ended;
    }

    /** Of the model's files, and of the vocabulary, which may be another's. */
    Fingerprint fingerprint() {
        Fingerprint fingerprint = files.fingerprint();
        for (int id = 0; id < tokenizer.vocabSize(); id++) {
            fingerprint.add(tokenizer.piece(id));
        }
        return fingerprint;
    }

    @Override
    public void close() {
        model.close();
    }
}
