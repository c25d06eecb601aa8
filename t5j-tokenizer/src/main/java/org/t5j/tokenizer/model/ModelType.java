package org.t5j.tokenizer.model;

import org.t5j.tokenizer.TokenizerException;

/** How a model segments text ({@code TrainerSpec.ModelType}); the ordinal is the number in the file less one. */
public enum ModelType {
    UNIGRAM,
    BPE,
    WORD,
    CHAR;

    static ModelType ofNumber(int number) {
        if (number < 1 || number > values().length) {
            throw new TokenizerException("The model type is " + number + "; known are 1 (unigram), 2 (BPE), 3 (word)"
                    + " and 4 (char). The file was made by another program or is damaged");
        }
        return values()[number - 1];
    }

    int number() {
        return ordinal() + 1;
    }
}
