/**
 * Text to the normalised bytes that are segmented: {@link org.t5j.tokenizer.normalize.Normalizer} with its compiled
 * character map and rules for spaces. Start there. What becomes of the bytes, and files, are not known here.
 *
 * <p>The resource {@code nmt_nfkc.charsmap.gz} is SentencePiece's own precompiled rule {@code nmt_nfkc} (NFKC with a
 * few additions for translation), as {@code spm_train} 0.1.97 writes it into every model file. Copyright 2016 Google
 * Inc., Apache License 2.0, <a href="https://github.com/google/sentencepiece">google/sentencepiece</a>.
 */
package org.t5j.tokenizer.normalize;
