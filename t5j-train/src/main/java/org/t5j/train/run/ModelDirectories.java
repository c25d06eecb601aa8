package org.t5j.train.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.t5j.core.Ensemble;
import org.t5j.core.SequenceModel;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.decode.Averaging;
import org.t5j.tokenizer.Tokenizer;

/**
 * The models that a user names: one, or several that answer together as an {@link Ensemble}. What else a model's directory
 * says, such as how outputs are searched, is taken from the first.
 *
 * @param paths directories in Hugging Face's layout or of runs, whose best checkpoints are taken; at least one
 * @param averaging what is averaged, where there are several
 */
public record ModelDirectories(List<Path> paths, Averaging averaging) {

    /** @throws T5Exception where a path is neither */
    public ModelDirectories {
        if (paths.isEmpty()) {
            throw new T5Exception("Name the directory of a model or a run, found none");
        }
        Objects.requireNonNull(averaging, "averaging");
        paths = paths.stream().map(ModelDirectory::of).toList();
    }

    /** One model. */
    public static ModelDirectories of(Path directory) {
        return new ModelDirectories(List.of(directory), Averaging.LOGITS);
    }

    /** The directory of the first model. */
    public Path first() {
        return paths.get(0);
    }

    /**
     * Reads the weights of all.
     *
     * @return to be closed by the caller
     */
    public SequenceModel load() {
        return paths.size() == 1 ? T5Model.load(first()) : Ensemble.load(paths, averaging);
    }

    /**
     * The vocabulary, which all must have.
     *
     * @throws T5Exception where two have different ones, or one has none
     */
    public Tokenizer tokenizer() {
        Tokenizer tokenizer = VocabularyFiles.in(first()).tokenizer();
        for (Path other : paths.subList(1, paths.size())) {
            requireSame(tokenizer, VocabularyFiles.in(other).tokenizer(), other);
        }
        return tokenizer;
    }

    private void requireSame(Tokenizer tokenizer, Tokenizer other, Path directory) {
        boolean same = tokenizer.vocabSize() == other.vocabSize();
        for (int id = 0; same && id < tokenizer.vocabSize(); id++) {
            same = tokenizer.piece(id).equals(other.piece(id));
        }
        if (!same) {
            throw new T5Exception("The models must have one vocabulary, but that of " + directory + " is not that of "
                    + first() + "; leave one of the two out");
        }
    }

    /** Of what the weights, and the files beside them, are. */
    Fingerprint fingerprint() {
        Fingerprint fingerprint = new Fingerprint();
        paths.forEach(fingerprint::addDirectory);
        return paths.size() == 1 ? fingerprint : fingerprint.add(averaging);
    }

    /** The directories, separated by commas. */
    @Override
    public String toString() {
        return String.join(",", paths.stream().map(Path::toString).toList());
    }
}
