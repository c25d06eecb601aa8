package org.t5j.tokenizer.train;

/**
 * A line or a word of the text to train on.
 *
 * @param text normalised UTF-8, spaces as ▁, characters that get no piece as ▅; not copied, not to be changed
 * @param count how often it occurs, at least 1
 */
public record Sentence(byte[] text, long count) {}
